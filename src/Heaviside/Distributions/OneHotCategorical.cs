using Heaviside.Kernels;
using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>One of K classes, as a vector with a single 1.</summary>
/// <remarks>Probabilities of exactly 0 (logits of minus infinity) are allowed: their logarithm is -1e30, so that no value
/// and no gradient is infinite or NaN.</remarks>
/// <param name="logits">Unnormalized log-probabilities, shape <c>BatchShape + [K]</c>; at least one of each K must be finite.</param>
public sealed class OneHotCategorical(Tensor logits) : FactorialDistribution, IRelaxable
{
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
    protected override long ValuesPerFactor => Classes;

    private Tensor LogProbs => logits.clamp_min(-Precision.Infinite).log_softmax(-1);

    /// <summary>The law with given probabilities, each in [0, 1] and summing to 1 over the last dimension; one of exactly 0 gets no gradient.</summary>
    public static OneHotCategorical FromProbs(Tensor probs) =>
        new(torch.where(probs.le(0), double.NegativeInfinity, probs.clamp_min(Precision.Smallest(probs)).log()));

    /// <inheritdoc/>
    public override Tensor Sample(Longs sampleShape, Generator rng)
    {
        using var _ = torch.no_grad();
        using var noise = Noise.Gumbel(FullShape(sampleShape), logits, rng);
        return Harden(noise.add_(logits));
    }

    /// <inheritdoc/>
    public override Tensor Mode() => Harden(logits);

    /// <inheritdoc/>
    public override Tensor Entropy() => CategoricalEntropy.Of(logits);

    /// <summary>The relaxed law of arXiv:1611.00712 and arXiv:1611.01144.</summary>
    public IReparameterized Relax(double temperature) => new RelaxedOneHotCategorical(logits, temperature);

    /// <inheritdoc/>
    public Tensor Harden(Tensor relaxed)
    {
        using var _ = torch.no_grad();
        using var index = relaxed.argmax(-1, keepdim: true);
        return torch.zeros_like(relaxed).scatter_(-1, index, 1.0);
    }

    // Linear in the value, as relaxed points need it.
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value) => (value * LogProbs).sum(-1);

    /// <inheritdoc/>
    protected override Tensor FactorValues() => torch.eye(Classes, logits.dtype, logits.device);

    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(OneHotCategorical p, OneHotCategorical q) => (p.Mean * (p.LogProbs - q.LogProbs)).sum(-1);
}
