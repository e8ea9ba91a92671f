using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The logistic law: location + scale * (log u - log(1 - u)), u uniform.</summary>
/// <param name="location">The mean, shape <c>BatchShape</c>.</param>
/// <param name="scale">Greater than 0, same shape.</param>
public sealed class Logistic(Tensor location, Tensor scale) : ReparameterizedDistribution, IHasEntropy, IHasMode
{
    private readonly Tensor scale = Shape.Same(location, scale);

    /// <inheritdoc/>
    public override long[] BatchShape => location.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    /// <inheritdoc/>
    public override Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng) => location + (scale * Noise.Logistic(FullShape(sampleShape), location, rng));

    /// <inheritdoc/>
    public Tensor Entropy() => scale.log() + 2.0;

    /// <inheritdoc/>
    public Tensor Mode() => location.detach();

    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        var z = (value - location) / scale;
        return -z - (2 * (-z).softplus()) - scale.log();
    }
}
