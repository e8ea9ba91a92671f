using Heaviside.Kernels;
using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>One of K classes, as a vector with a single 1.</summary>
/// <param name="logits">Unnormalized log-probabilities, shape <c>BatchShape + [K]</c>; at least one of each K must be finite.</param>
public sealed class OneHotCategorical(Tensor logits) : DiscreteDistribution, IRelaxable
{
    // Stands in for the logarithm of probability 0 where it is multiplied by that 0.
    private const double LogZero = -1e4;

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

    /// <summary>The law with given probabilities, each in [0, 1] and summing to 1 over the last dimension.</summary>
    public static OneHotCategorical FromProbs(Tensor probs) => new(probs.log());

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

    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        using var index = value.detach().argmax(-1, keepdim: true);
        var normalized = logits.log_softmax(-1).expand(value.shape);
        return normalized.gather(-1, index).squeeze(-1);
    }

    /// <inheritdoc/>
    protected override Tensor FactorValues() => torch.eye(Classes, logits.dtype, logits.device);

    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(OneHotCategorical p, OneHotCategorical q)
    {
        var (logP, logQ) = (p.Logits.log_softmax(-1).clamp_min(LogZero), q.Logits.log_softmax(-1).clamp_min(LogZero));
        return (p.Mean * (logP - logQ)).sum(-1);
    }
}
