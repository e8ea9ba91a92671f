using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The Gumbel law: location - scale * log(-log u), u uniform; the law of a maximum.</summary>
/// <param name="location">The mode, shape <c>BatchShape</c>.</param>
/// <param name="scale">Greater than 0, same shape.</param>
public sealed class Gumbel(Tensor location, Tensor scale) : ReparameterizedDistribution, IHasEntropy, IHasMode
{
    private readonly Tensor scale = Shape.Same(location, scale);

    /// <inheritdoc/>
    public override long[] BatchShape => location.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    /// <inheritdoc/>
    public override Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng) => location + (scale * Noise.Gumbel(FullShape(sampleShape), location, rng));

    /// <inheritdoc/>
    public Tensor Entropy() => scale.log() + (1 + MathNet.Numerics.Constants.EulerMascheroni);

    /// <inheritdoc/>
    public Tensor Mode() => location.detach();

    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        var z = (value - location) / scale;
        return -z - (-z).exp() - scale.log();
    }
}
