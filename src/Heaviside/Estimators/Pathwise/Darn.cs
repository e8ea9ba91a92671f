using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>The 1/2-estimator: straight-through with each bit reweighted from its own law to a fair coin.</summary>
/// <remarks>
/// <para>Approximates the gradient with respect to the logit of a bit by f'(b) |b - p| / 2, in the mean
/// p (1 - p) (f'(0) + f'(1)) / 2: the trapezoid rule for f(1) - f(0). Requires f to be differentiable. Exact if f is at most
/// quadratic in each bit alone, whatever the terms across bits; for categories see <see cref="ReinMax"/>.</para>
/// <para>In a chain of layers E[f | b] of an earlier layer is no quadratic any more, so that the rule is approximate there.</para>
/// <para>Shapes: bits only; f is evaluated at [S, B, N]; Value is [S, B].</para>
/// <para>References: Gregor, Danihelka, Mnih, Blundell, Wierstra 2013, arXiv:1310.8499; as an estimator of its own: Gu,
/// Levine, Sutskever, Mnih 2015, arXiv:1511.05176.</para>
/// </remarks>
public sealed class Darn : PathwiseEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.NoneIfQuadratic;

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var bits = Require<Bernoulli>(law);
        var b = bits.Sample(sampleShape, rng);
        return StraightThroughFunction.Attach(b, bits.Logits, Weight(b, bits));
    }

    /// <summary>|b - p| / 2 = p (1 - p) / (2 q(b)), without a gradient. Shape of b.</summary>
    internal static Tensor Weight(Tensor b, Bernoulli law) => (b - law.Mean.detach()).abs() / 2;
}
