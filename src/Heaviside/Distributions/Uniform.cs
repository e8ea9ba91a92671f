using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The uniform law on [low, high).</summary>
/// <param name="low">The lower end, shape <c>BatchShape</c>; finite.</param>
/// <param name="high">The upper end, greater than <paramref name="low"/>, same shape; finite.</param>
/// <exception cref="NonFiniteException">An end is NaN or infinite.</exception>
/// <exception cref="ArgumentException">An upper end is less than the lower one, or the shapes differ.</exception>
public sealed class Uniform(Tensor low, Tensor high) : ReparameterizedDistribution, IHasEntropy
{
    private readonly Tensor low = Numbers.Finite(low);
    private readonly Tensor high = Ordered(low, Numbers.Finite(Shape.Same(low, high), nameof(high)));

    /// <inheritdoc/>
    public override long[] BatchShape => low.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    internal Tensor Low => low;

    internal Tensor High => high;

    /// <inheritdoc/>
    public override Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng) => low + ((high - low) * Noise.Uniform(FullShape(sampleShape), low, rng));

    /// <inheritdoc/>
    public Tensor Entropy() => (high - low).log();

    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        var inside = value.ge(low).logical_and(value.lt(high));
        return inside.to(value.dtype).log() - (high - low).log();
    }

    /// <summary>The divergence KL(p || q) in nats; infinite where p reaches beyond q.</summary>
    internal static Tensor Divergence(Uniform p, Uniform q)
    {
        var covered = q.Low.le(p.Low).logical_and(q.High.ge(p.High));
        var ratio = ((q.High - q.Low) / (p.High - p.Low)).log();
        return ratio - covered.to(ratio.dtype).log();
    }

    private static Tensor Ordered(Tensor low, Tensor high)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        Numbers.NotNegative(high - low, "high - low");
        return high;
    }
}
