using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>A bit in {0, 1} that is 1 with probability sigmoid(logit).</summary>
/// <remarks>Batch shape: that of the logits. Probabilities of exactly 0 and 1 (infinite logits) are allowed.</remarks>
public sealed class Bernoulli(Tensor logits) : DiscreteDistribution, IRelaxable
{
    // Entropy and divergence vanish beyond it in any precision, and infinity times 0 must not appear.
    private const double LargestLogit = 1e4;

    /// <inheritdoc/>
    public override Tensor Logits => logits;

    /// <inheritdoc/>
    public override long[] BatchShape => logits.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    /// <inheritdoc/>
    public override Tensor Mean => logits.sigmoid();

    /// <summary>The law with given probabilities of 1, each in [0, 1].</summary>
    public static Bernoulli FromProbs(Tensor probs) => new(probs.logit());

    /// <inheritdoc/>
    public override Tensor Sample(Longs sampleShape, Generator rng)
    {
        using var _ = torch.no_grad();
        using var probs = Mean;
        using var u = Noise.Uniform(FullShape(sampleShape), logits, rng);
        using var below = u.lt(probs);
        return below.to(logits.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Mode() => logits.detach().gt(0).to(logits.dtype);

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        var l = logits.clamp(-LargestLogit, LargestLogit);
        return l.softplus() - (l * l.sigmoid());
    }

    /// <summary>The relaxed law of arXiv:1611.00712.</summary>
    public IReparameterized Relax(double temperature) => new RelaxedBernoulli(logits, temperature);

    /// <inheritdoc/>
    public Tensor Harden(Tensor relaxed) => relaxed.detach().gt(0.5).to(relaxed.dtype);

    // log sigmoid(l) for 1 and log sigmoid(-l) for 0, in a form that stays right for infinite logits.
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value) => ((2 * value - 1) * logits).log_sigmoid();

    /// <inheritdoc/>
    protected override Tensor FactorValues() => torch.arange(2, logits.dtype, logits.device);

    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(Bernoulli p, Bernoulli q)
    {
        var (l, m) = (p.Logits.clamp(-LargestLogit, LargestLogit), q.Logits.clamp(-LargestLogit, LargestLogit));
        return (l.sigmoid() * (l - m)) + m.softplus() - l.softplus();
    }
}
