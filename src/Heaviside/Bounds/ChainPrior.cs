using Heaviside.Distributions;

namespace Heaviside.Bounds;

/// <summary>p(b_n) p(b_n-1 | b_n) ... p(b_1 | b_2).</summary>
internal sealed class ChainPrior(FactorialDistribution top, IReadOnlyList<Func<Tensor, FactorialDistribution>> down) : Prior
{
    /// <inheritdoc/>
    public override Tensor LogProb(DiscreteDistribution q, Tensor b) => Layers(q, b).Aggregate((sum, layer) => sum + layer);

    /// <inheritdoc/>
    internal override Tensor LogWeight(Tensor logLikelihood, DiscreteDistribution q, Tensor b) =>
        Layers(q, b).Aggregate(logLikelihood, (sum, layer) => sum + layer) - q.JointLogProb(b);

    // log p(b_n), then those of the layers below it, from the nearest to b_1 to the one below b_n.
    private IEnumerable<Tensor> Layers(DiscreteDistribution q, Tensor points)
    {
        var b = StochasticChain.Of(q).Split(points); // b[0] is b_1
        if (b.Count != down.Count + 1) throw new ArgumentException($"q: expected a chain of {down.Count + 1} layers, as the prior has, got {b.Count}", nameof(q));
        yield return StochasticChain.LayerLogProb(top, b[^1]);
        for (var i = 1; i < b.Count; i++) yield return StochasticChain.LayerLogProb(down[^i](b[i]), b[i - 1]);
    }
}
