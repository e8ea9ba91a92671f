using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The binary Concrete law on (0, 1): y = sigmoid((logit + logistic noise) / temperature). arXiv:1611.00712</summary>
/// <param name="logits">Log-odds, shape <c>BatchShape</c>; not NaN.</param>
/// <param name="temperature">From 1e-6 to 1e6; towards 0 the draws become bits.</param>
/// <exception cref="NonFiniteException">A logit is NaN.</exception>
/// <exception cref="ArgumentException">The logits are neither in single nor in double precision, or the temperature is out of range.</exception>
public sealed class RelaxedBernoulli(Tensor logits, double temperature) : ReparameterizedDistribution
{
    private readonly Tensor logits = Numbers.NotNaN(logits);
    private readonly double temperature = TemperatureRange.Require(temperature);

    /// <inheritdoc/>
    public override long[] BatchShape => logits.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    /// <inheritdoc/>
    public override Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng) => Transform(Noise.Logistic(FullShape(sampleShape), logits, rng));

    /// <summary>The draw that given standard logistic noise leads to; shape of the noise, ending in <c>BatchShape</c>.</summary>
    public Tensor Transform(Tensor noise)
    {
        Shape.RequireSuffix(noise, BatchShape);
        return ((logits + noise) / temperature).sigmoid();
    }

    // With t = logit y: the density of t is logistic around logit / temperature, and dt/dy = 1 / (y (1 - y)).
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        var y = value.clamp(Precision.Smallest(value), 1 - Precision.Epsilon(value));
        var t = y.log() - torch.log1p(-y);
        var difference = logits - (temperature * t);
        return Math.Log(temperature) + difference - (2 * difference.softplus(threshold: 40)) - y.log() - torch.log1p(-y);
    }
}
