using Heaviside.Distributions;

namespace Heaviside.Bounds;

/// <summary>Structures drawn from standard Gumbel noise alone, with the divergence of the noise in place of their own.</summary>
internal sealed class GumbelPrior(double times) : Prior
{
    private readonly double times = times > 0 ? times : throw new ArgumentOutOfRangeException(nameof(times), times, "must be more than 0");

    /// <inheritdoc/>
    public override Tensor LogProb(DiscreteDistribution q, Tensor b) =>
        throw new UnsupportedException($"the prior of Gumbel noise has the divergence of a PerturbedStructure, and no probability of a {q.GetType().Name}");

    // KL(Gumbel(u) || Gumbel(0)) = u + e^-u - 1
    /// <inheritdoc/>
    public override Func<Tensor>? Divergence(DiscreteDistribution q) =>
        q is PerturbedStructure law ? () => times * (law.Logits + (-law.Logits).expm1()).sum(-1) : null;
}
