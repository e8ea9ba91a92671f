using Heaviside.Distributions;

namespace Heaviside.Bounds;

/// <summary>placeholder</summary>
internal sealed class GumbelNoisePrior : Prior
{
    /// <inheritdoc/>
    public override Tensor LogProb(DiscreteDistribution q, Tensor b) => throw new UnsupportedException("no");

    /// <inheritdoc/>
    public override Func<Tensor>? Divergence(DiscreteDistribution q) => () => { var u = ((IHasLogits)q).Logits; return (u + (-u).exp() - 1).sum(-1); };
}
