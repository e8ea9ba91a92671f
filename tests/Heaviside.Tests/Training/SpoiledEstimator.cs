using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Training;

/// <summary>The gradient through the latents replaced with what a test needs; the value stays finite.</summary>
/// <param name="spoil">Gives the surrogate from the law's logits.</param>
internal sealed class SpoiledEstimator(Func<Tensor, Tensor> spoil) : GradientEstimator
{
    public override Bias Bias => Bias.VanishesWithTemperature;

    public override bool NeedsDifferentiableObjective => false;

    public override long ObjectiveEvaluations(DiscreteDistribution q) => 1;

    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var b = q.Sample([1], rng);
        var value = f.Evaluate(b);
        return new(value.detach(), EvaluationPoint.HardSample, value[0] + spoil(q.JointLogProb(b)[0]));
    }
}
