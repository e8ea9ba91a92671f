using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>The Gumbel law: location - scale * log(-log u), u uniform; the law of a maximum.</summary>
/// <param name="location">The mode, shape <c>BatchShape</c>.</param>
/// <param name="scale">Greater than 0, same shape.</param>
public sealed class Gumbel(Tensor location, Tensor scale) : Distribution, IReparameterized, IHasEntropy, IHasMode
{
    /// <inheritdoc/>
    public override long[] BatchShape => location.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    /// <inheritdoc/>
    public override Tensor Sample(Longs sampleShape, Generator rng)
    {
        using var _ = torch.no_grad();
        return RSample(sampleShape, rng);
    }

    /// <inheritdoc/>
    public Tensor RSample(Longs sampleShape, Generator rng) => location + (scale * Noise.Gumbel(FullShape(sampleShape), location, rng));

    /// <inheritdoc/>
    public Tensor Entropy() => scale.log() + (1 + MathNet.Numerics.Constants.EulerMascheroni);

    /// <inheritdoc/>
    public Tensor Mode() => location;

    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        Shape.RequireSame(location, scale);
        var z = (value - location) / scale;
        return -z - (-z).exp() - scale.log();
    }
}
