namespace Heaviside.Torch;

/// <summary>Returns its input, as another object for the same tensor: to take the place of a layer that is not wanted.</summary>
public sealed class Identity : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.alias();
}
