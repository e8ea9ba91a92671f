using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Laws;

/// <summary>Score-function estimators with one defect each, which the laws must catch; without one, REINFORCE, which they must pass.</summary>
internal sealed class BrokenEstimator(string defect) : SamplingEstimator
{
    public override Bias Bias => Bias.None;

    public override bool NeedsDifferentiableObjective => false;

    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var b = q.Sample([Samples], rng);
        var value = f.Evaluate(b);
        var score = q.JointLogProb(b);
        var surrogate = defect switch
        {
            "none" => (value.detach() * score) + value,
            "sign" => (-value.detach() * score) + value,
            // The mean over all samples, own included, without the factor S / (S - 1) that corrects it.
            "missing baseline term" => ((value - value.mean([0], keepdim: true)).detach() * score) + value,
            // A relaxed path on top of the score: its gradient is counted twice.
            "leaked gradient" => (value.detach() * score) + f.Evaluate(((FactorialDistribution)q).Mean.unsqueeze(0).expand(b.shape)),
            // What the law gives goes to the next example of the batch.
            "next example" => ((value.detach() * score) + value).roll(1, 1),
            _ => throw new ArgumentException(defect),
        };
        return new(value.detach(), EvaluationPoint.HardSample, surrogate.mean([0]));
    }
}
