using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Models;

/// <summary>Keeps the objective that a model hands to its estimator, to be evaluated anywhere.</summary>
internal sealed class PointRecorder : GradientEstimator
{
    public Objective? Objective { get; private set; }

    public DiscreteDistribution? Law { get; private set; }

    public override Bias Bias => Bias.None;

    public override bool NeedsDifferentiableObjective => false;

    public override long ObjectiveEvaluations(DiscreteDistribution q) => 0;

    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        (Objective, Law) = (f, q);
        var zero = torch.zeros([1, q.BatchShape[0]]);
        return new(zero, EvaluationPoint.HardSample, zero[0]);
    }
}
