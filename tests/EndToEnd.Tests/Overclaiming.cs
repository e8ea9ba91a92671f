using Heaviside.Distributions;
using Heaviside.Estimators;

namespace EndToEnd.Tests;

/// <summary>The straight-through estimator, said to be unbiased.</summary>
internal sealed class Overclaiming : GradientEstimator
{
    private readonly StraightThrough inner = new();

    public override Bias Bias => Bias.None;

    public override bool NeedsDifferentiableObjective => true;

    public override long ObjectiveEvaluations(DiscreteDistribution q) => inner.ObjectiveEvaluations(q);

    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng) => inner.Estimate(q, f, rng);
}
