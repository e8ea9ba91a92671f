using Heaviside.Distributions;

namespace Heaviside.Bounds;

/// <summary>Independent factors with laws of their own.</summary>
internal sealed class FactorialPrior(FactorialDistribution law) : Prior
{
    /// <inheritdoc/>
    public override Tensor LogProb(DiscreteDistribution q, Tensor b) => StochasticChain.LayerLogProb(law, b);

    /// <inheritdoc/>
    public override Func<Tensor>? Divergence(DiscreteDistribution q)
    {
        if (q is not FactorialDistribution posterior) return null;
        return () =>
        {
            var each = KullbackLeibler.Divergence(posterior, For(posterior.Logits.shape));
            return Numerics.Shape.SumLast(each, each.shape.Length - 1);
        };
    }

    // The law once for each example.
    private FactorialDistribution For(long[] shape) => law is Bernoulli ? new Bernoulli(law.Logits.expand(shape)) : new OneHotCategorical(law.Logits.expand(shape));
}
