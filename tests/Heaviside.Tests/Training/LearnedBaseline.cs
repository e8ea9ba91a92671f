using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Training;

/// <summary>REINFORCE with one learned number as baseline. Its surrogate is careless: it depends on the baseline too, which a trainer must not follow.</summary>
internal sealed class LearnedBaseline : GradientEstimator
{
    private readonly Tensor baseline;

    public LearnedBaseline() => baseline = this.AddParameter("baseline", torch.zeros([]));

    /// <summary>Lets the tuning loss depend on the model as well, which must not change how the model learns.</summary>
    public bool TunesThroughTheModel { get; init; }

    /// <summary>The value of the last estimate.</summary>
    public double LastValue { get; private set; }

    public override Bias Bias => Bias.None;

    public override bool NeedsDifferentiableObjective => false;

    public override long ObjectiveEvaluations(DiscreteDistribution q) => 1;

    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var b = q.Sample([1], rng);
        var value = f.Evaluate(b);
        var advantage = value.detach() - baseline;
        LastValue = value.mean().Number();
        var surrogate = ((advantage * q.JointLogProb(b)) + value)[0];
        var target = TunesThroughTheModel ? value : value.detach();
        return new(value.detach(), EvaluationPoint.HardSample, surrogate, (target - baseline).square().mean());
    }
}
