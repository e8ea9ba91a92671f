using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>One of K classes, as a vector with a single 1.</summary>
/// <remarks>Probabilities of exactly 0 (logits of minus infinity) are allowed: their logarithm is -1e30, so that no value
/// and no gradient is infinite or NaN.</remarks>
/// <param name="logits">Unnormalized log-probabilities, shape <c>BatchShape + [K]</c>; less than infinity, and at least one of each K finite.</param>
/// <exception cref="NonFiniteException">A logit is NaN or infinity, or all of one variable are minus infinity.</exception>
/// <exception cref="ArgumentException">There is no class, or the logits are neither in single nor in double precision.</exception>
public sealed class OneHotCategorical(Tensor logits) : FactorialDistribution, IConditionallyRelaxable
{
    private readonly Tensor logits = Numbers.LogProbabilities(logits);

    /// <inheritdoc/>
    public override Tensor Logits => logits;

    /// <inheritdoc/>
    public override long[] BatchShape => logits.shape[..^1];

    /// <inheritdoc/>
    public override long[] EventShape => [Classes];

    /// <summary>The number of classes, K.</summary>
    public long Classes => logits.size(-1);

    /// <inheritdoc/>
    public override Tensor Mean => Softmax.Of(logits);

    /// <inheritdoc/>
    public override long ValuesPerFactor => Classes;

    private Tensor LogProbs => logits.clamp_min(-Precision.Infinite).log_softmax(-1);

    /// <summary>The law with given probabilities, each in [0, 1] and summing to 1 over the last dimension; one of exactly 0 gets no gradient.</summary>
    /// <exception cref="ArgumentException">A number is beyond [0, 1] by more than rounding, 1e-6, or a sum not 1 but for 1e-4.</exception>
    /// <exception cref="NonFiniteException">A number is NaN or infinite.</exception>
    public static OneHotCategorical FromProbs(Tensor probs) =>
        new(torch.where(probs.le(0), double.NegativeInfinity, Numbers.Simplex(probs).clamp_min(Precision.Smallest(probs)).log()));

    /// <inheritdoc/>
    public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng)
    {
        using var _ = torch.no_grad();
        using var noise = Distributions.Noise.Gumbel(FullShape(sampleShape), logits, rng);
        return Threshold(noise.add_(logits));
    }

    /// <inheritdoc/>
    public override Tensor Mode() => Threshold(logits);

    /// <inheritdoc/>
    public override Tensor Entropy() => CategoricalEntropy.Of(logits);

    /// <summary>The relaxed law of arXiv:1611.00712 and arXiv:1611.01144.</summary>
    public IReparameterized Relax(double temperature) => new RelaxedOneHotCategorical(logits, temperature);

    /// <inheritdoc/>
    public Tensor Noise(ReadOnlySpan<long> sampleShape, Generator rng) => Distributions.Noise.Gumbel(FullShape(sampleShape), logits, rng);

    /// <inheritdoc/>
    public Tensor Maximize(Tensor shift)
    {
        Shape.RequireSuffix(shift, [.. BatchShape, Classes]);
        using var _ = torch.no_grad();
        return Threshold(logits + Numbers.NotNaN(shift));
    }

    /// <inheritdoc/>
    public Tensor Score(Tensor points)
    {
        RequireExamples();
        Shape.RequirePoints(points);
        Shape.RequireSuffix(points, [.. BatchShape, Classes]);
        return Shape.SumLast(points * logits.clamp_min(-Precision.Infinite), points.shape.Length - 2);
    }

    /// <inheritdoc/>
    public Tensor Location => LogProbs;

    /// <inheritdoc/>
    public Tensor Perturb(Tensor noise)
    {
        Shape.RequireSuffix(noise, [.. BatchShape, Classes]);
        return LogProbs + noise;
    }

    /// <inheritdoc/>
    public Tensor Threshold(Tensor z)
    {
        using var _ = torch.no_grad();
        using var index = z.argmax(-1, keepdim: true);
        return torch.zeros_like(z).ScatterOnes(index);
    }

    /// <inheritdoc/>
    public Tensor Soften(Tensor z, double temperature = 1) => Softmax.Of(z, TemperatureRange.Require(temperature));

    // The largest is a standard Gumbel variable; the others are Gumbel variables cut off above at it.
    /// <inheritdoc/>
    public Tensor PerturbGiven(Tensor b, Tensor noise)
    {
        Shape.RequireSuffix(b, [.. BatchShape, Classes]);
        Shape.Same(b, noise);
        var top = (b * noise).sum(-1, keepdim: true);
        var others = -(-top).logaddexp(-(LogProbs + noise));
        return torch.where(b.gt(0), noise, others);
    }

    // Through the normalization of the logits.
    /// <inheritdoc/>
    public Tensor Pullback(Tensor gradient) => gradient - (Mean.detach() * gradient.sum(-1, keepdim: true));

    // dz_i/dlog p_i = 1 - e^(z_i - z_top): 0 for the largest, which is a standard Gumbel variable.
    /// <inheritdoc/>
    public Tensor PullbackGiven(Tensor b, Tensor z, Tensor gradient)
    {
        using var scope = torch.NewDisposeScope();
        Tensor slope;
        using (torch.no_grad()) slope = -(z - (b * z).sum(-1, keepdim: true)).expm1();
        return scope.MoveToOuter(Pullback(slope * gradient));
    }

    // Linear in the value, as relaxed points need it.
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value) => (value * LogProbs).sum(-1);

    /// <inheritdoc/>
    protected override Tensor FactorValues() => torch.eye(Classes, dtype: logits.dtype, device: logits.device);

    // sum_k p_k (e^d_k - 1 - d_k) with d = log q - log p: no term is negative. p_k e^d_k is q_k, for d whose exponential may overflow.
    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(OneHotCategorical p, OneHotCategorical q)
    {
        var (logP, logQ) = (p.LogProbs, q.LogProbs);
        var (probs, d) = (logP.exp(), logQ - logP);
        var near = d.clamp(-1, 1);
        return torch.where(d.abs().lt(1), probs * (near.expm1() - near), logQ.exp() - (probs * (1 + d))).sum(-1);
    }
}
