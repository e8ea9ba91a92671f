using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Bounds;

/// <summary>A bound as estimators see it, with what there is beside the discrete variables drawn.</summary>
/// <param name="q">q(b | x).</param>
/// <param name="prior">p(b).</param>
/// <param name="likelihood">log p(x | b), given the draws.</param>
/// <param name="divergence">KL(q || p) of each example in closed form, or null.</param>
internal sealed class DrawnBound(DiscreteDistribution q, Prior prior, ModelObjective likelihood, Func<Tensor>? divergence) : IBound
{
    /// <summary>The Gaussians beside the class, with draws of them.</summary>
    internal (GaussianRows Rows, Tensor Draws)? Gaussians { get; init; }

    /// <summary>The divergence's weight; null: none.</summary>
    internal double? Weight { get; init; }

    /// <summary>Whether the weight is 1 at every step.</summary>
    internal bool IsWhole { get; init; }

    /// <summary>Whether a divergence that has a closed form is estimated with the samples.</summary>
    internal bool SampledDivergence { get; init; }

    /// <inheritdoc/>
    public DiscreteDistribution Posterior => q is StochasticChain { Layers: 1 } chain ? chain.First : q;

    /// <summary>log p(x | b), less the divergence of the Gaussian that b chooses.</summary>
    internal ModelObjective OneSample
    {
        get
        {
            if (Gaussians is not { } g) return likelihood;
            var divergences = g.Rows.Divergences();
            return likelihood.Less(b => GaussianRows.Chosen(b, divergences));
        }
    }

    /// <inheritdoc/>
    public Objective Integrand()
    {
        if (divergence is null) return Weighted();
        if (!SampledDivergence) return OneSample;
        var constant = Constant(q);
        return OneSample.Less(b => (Weight ?? 1) * prior.LogRatio(constant, b));
    }

    /// <inheritdoc/>
    public Objective? LogWeight() => divergence is null ? Weighted() : IsWhole ? Of(LogWeightAt) : null;

    // With pairs of bits a closed form may be a sum over all assignments: not for a weight of 0.
    /// <inheritdoc/>
    public Tensor? Divergence() => divergence is null || SampledDivergence || Weight == 0 ? null
        : Weight is { } weight ? divergence().mean() * weight : divergence().mean();

    /// <summary>log p(x, b) - log q(b | x) of points <c>[P, B, ...]</c>: shape <c>[P, B]</c>.</summary>
    internal Tensor LogWeightAt(Tensor b) => WithGaussians(prior.LogWeight(likelihood.Evaluate(b), q, b), b);

    private LogWeightObjective Weighted() => Weight is not { } weight ? Of(LogWeightAt) : Of(b =>
    {
        var logLikelihood = likelihood.Evaluate(b);
        return WithGaussians(logLikelihood - (weight * prior.LogRatio(q, b)), b);
    });

    private LogWeightObjective Of(Func<Tensor, Tensor> logWeight) => new(logWeight, likelihood.Context, likelihood.LogitParameters);

    private Tensor WithGaussians(Tensor logWeight, Tensor b) =>
        Gaussians is { } g ? logWeight + GaussianRows.Chosen(b, g.Rows.LogPriorRatio(g.Draws)) : logWeight;

    // The same law without a gradient.
    private static DiscreteDistribution Constant(DiscreteDistribution q) => q switch
    {
        Bernoulli bits => new Bernoulli(bits.Logits.detach()),
        OneHotCategorical categories => new OneHotCategorical(categories.Logits.detach()),
        _ => q,
    };
}
