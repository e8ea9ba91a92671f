namespace Heaviside.Torch;

/// <summary>Zeroes elements at random in training, scales the others up, and does nothing in evaluation (arXiv:1207.0580).</summary>
public sealed class Dropout : Module<Tensor, Tensor>
{
    private readonly Generator generator;
    private readonly double p;

    /// <summary>A layer that draws its masks from <paramref name="generator"/>, whose owner saves and disposes it.</summary>
    /// <param name="generator">Of the device of the inputs where speed matters.</param>
    /// <param name="p">The probability in [0, 1] that an element becomes zero.</param>
    public Dropout(Generator generator, double p = 0.5)
    {
        this.generator = generator;
        this.p = Argument.Probability(p, nameof(p));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.dropout(input, generator, p, training);
}
