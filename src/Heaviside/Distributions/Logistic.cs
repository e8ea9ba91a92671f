using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The logistic law: location + scale * (log u - log(1 - u)), u uniform.</summary>
/// <param name="location">The mean, shape <c>BatchShape</c>; not NaN.</param>
/// <param name="scale">Greater than 0, same shape. One that has been rounded to 0 has draws, but no density.</param>
/// <exception cref="NonFiniteException">A location or scale is NaN.</exception>
/// <exception cref="ArgumentException">A scale is negative, or the shapes differ.</exception>
public sealed class Logistic(Tensor location, Tensor scale) : ReparameterizedDistribution, IHasEntropy, IHasMode
{
    private readonly Tensor location = Numbers.NotNaN(location);
    private readonly Tensor scale = Numbers.NotNegative(Shape.Same(location, scale), nameof(scale));

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
        return -z - (2 * (-z).softplus(threshold: 40)) - scale.log();
    }
}
