namespace Heaviside.Torch;

/// <summary>An elementwise function, or a softmax, as a module: what <c>torch.nn.ReLU()</c> and its like return.</summary>
public sealed class Activation(string name, Func<Tensor, Tensor> function) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => function(input);

    /// <summary>PyTorch's name of the function.</summary>
    public override string ToString() => name;
}
