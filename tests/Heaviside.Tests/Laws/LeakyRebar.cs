using Heaviside.Estimators;
using Heaviside.Estimators.Controls;

namespace Heaviside.Tests.Laws;

/// <summary>REBAR that lets the conditional noise of later layers carry gradients, and still claims to be unbiased.</summary>
internal sealed class LeakyRebar : RebarEstimator
{
    private readonly ReleasedCodeRebar leaky = new() { LearnTemperature = false, Scale = ScaleKind.None, Baseline = Heaviside.Estimators.Baselines.BaselineKind.None };

    public override long ObjectiveEvaluations(Heaviside.Distributions.DiscreteDistribution q) => leaky.ObjectiveEvaluations(q);

    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng) => leaky.Controls(path, f, rng);
}
