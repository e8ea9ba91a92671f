using Heaviside.Estimators;
using Heaviside.Estimators.Controls;

namespace Heaviside.Tests.Laws;

/// <summary>REBAR whose control variate lacks the derivatives along the relaxation: its mean is not 0.</summary>
internal sealed class PathlessRebar : RebarEstimator
{
    public override long ObjectiveEvaluations(Heaviside.Distributions.DiscreteDistribution q) => Samples * 2;

    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng) =>
        [.. path.Steps.Select((step, i) =>
        {
            var (value, _) = Relaxed(path, i, step.Z, f);
            return (Times(value, step.Score), value);
        })];
}
