using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The normal law.</summary>
/// <param name="mean">Shape <c>BatchShape</c>; not NaN.</param>
/// <param name="deviation">The standard deviation, greater than 0, same shape. One that has been rounded to 0 has draws, but no density.</param>
/// <exception cref="NonFiniteException">A mean or deviation is NaN.</exception>
/// <exception cref="ArgumentException">A deviation is negative, or the shapes differ.</exception>
public sealed class Normal(Tensor mean, Tensor deviation) : ReparameterizedDistribution, IHasEntropy, IHasMode
{
    private readonly Tensor mean = Numbers.NotNaN(mean);
    private readonly Tensor deviation = Numbers.NotNegative(Shape.Same(mean, deviation), nameof(deviation));

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

    // (r^2 - 1) / 2 - log r with r = 1 + v the ratio of the deviations, which is v + v^2 / 2 - log(1 + v).
    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(Normal p, Normal q)
    {
        var v = (p.Deviation - q.Deviation) / q.Deviation;
        var distance = (p.Mean - q.Mean) / q.Deviation;
        var logRatio = torch.where(v.abs().lt(0.5), v.clamp(-0.5, 0.5).log1p(), p.Deviation.log() - q.Deviation.log());
        return ((v.square() + distance.square()) / 2) + (v - logRatio).clamp_min(0);
    }
}
