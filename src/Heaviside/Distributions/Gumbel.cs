using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The Gumbel law: location - scale * log(-log u), u uniform; the law of a maximum.</summary>
/// <param name="location">The mode, shape <c>BatchShape</c>; not NaN.</param>
/// <param name="scale">Greater than 0, same shape. One that has been rounded to 0 has draws, but no density.</param>
/// <exception cref="NonFiniteException">A location or scale is NaN.</exception>
/// <exception cref="ArgumentException">A scale is negative, or the shapes differ.</exception>
public sealed class Gumbel(Tensor location, Tensor scale) : ReparameterizedDistribution, IHasEntropy, IHasMode
{
    private readonly Tensor location = Numbers.NotNaN(location);
    private readonly Tensor scale = Numbers.NotNegative(Shape.Same(location, scale), nameof(scale));

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
