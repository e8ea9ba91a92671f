using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Torch;

namespace Heaviside.Tests.Estimators;

/// <summary>Keeps the law and the objective that it is given.</summary>
internal sealed class CapturingEstimator : GradientEstimator
{
    public override Bias Bias => Bias.None;

    public override bool NeedsDifferentiableObjective => false;

    public DiscreteDistribution Law { get; private set; } = null!;

    public Objective Objective { get; private set; } = null!;

    public override long ObjectiveEvaluations(DiscreteDistribution q) => 0;

    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        (Law, Objective) = (q, f);
        return new(torch.zeros([1, 1], q.Enumerate().dtype), EvaluationPoint.HardSample, torch.zeros([1], q.Enumerate().dtype));
    }
}
