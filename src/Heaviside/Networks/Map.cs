namespace Heaviside.Networks;

/// <summary>A function without parameters as a module.</summary>
internal sealed class Map(string name, Func<Tensor, Tensor> function) : torch.nn.Module<Tensor, Tensor>(name)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => function(input);
}
