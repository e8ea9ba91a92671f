using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using TorchSharp;

namespace Host;

/// <summary>Self-critical training, arXiv:1612.00563: the score is weighted with how much better a sample is than the most probable value.</summary>
internal sealed class SelfCritical : SamplingEstimator
{
    [Option("part of the critic's value that is taken off", Least = 0, Most = 1)]
    public double Share { get; init; } = 1;

    public override Bias Bias => Bias.None; // whatever the critic is, it does not depend on the sample

    public override bool NeedsDifferentiableObjective => false;

    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples + 1;

    public override Estimate Estimate(DiscreteDistribution q, Objective f, torch.Generator rng)
    {
        var b = q.Sample([Samples], rng);
        var critic = q is IHasMode law ? law.Mode().unsqueeze(0) : q.Sample([1], rng); // another sample where layers follow each other
        var value = f.Evaluate(b);
        var signal = value.detach() - (Share * f.Evaluate(critic).detach());
        return new(value.detach(), EvaluationPoint.HardSample, ((signal * q.JointLogProb(b)) + value).mean([0]));
    }
}
