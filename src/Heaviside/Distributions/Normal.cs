using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The normal law.</summary>
/// <param name="mean">Shape <c>BatchShape</c>.</param>
/// <param name="deviation">The standard deviation, greater than 0, same shape.</param>
public sealed class Normal(Tensor mean, Tensor deviation) : ReparameterizedDistribution, IHasEntropy, IHasMode
{
    private readonly Tensor deviation = Shape.Same(mean, deviation);

    private static readonly double HalfLogTwoPi = Math.Log(2 * Math.PI) / 2;

    /// <inheritdoc/>
    public override long[] BatchShape => mean.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    internal Tensor Mean => mean;

    internal Tensor Deviation => deviation;

    /// <inheritdoc/>
    public override Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng) => mean + (deviation * Noise.Normal(FullShape(sampleShape), mean, rng));

    /// <inheritdoc/>
    public Tensor Entropy() => deviation.log() + (0.5 + HalfLogTwoPi);

    /// <inheritdoc/>
    public Tensor Mode() => mean.detach();

    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        return (-0.5 * ((value - mean) / deviation).square()) - deviation.log() - HalfLogTwoPi;
    }

    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(Normal p, Normal q)
    {
        var ratio = (p.Deviation / q.Deviation).square();
        var distance = ((p.Mean - q.Mean) / q.Deviation).square();
        return 0.5 * (ratio + distance - 1.0 - ratio.log());
    }
}
