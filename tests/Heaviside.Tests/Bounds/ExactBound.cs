using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Bounds;

/// <summary>The exact gradient of the bound of K samples, a sum over all K-tuples of values: an estimator of one's own with another target than E[f].</summary>
internal sealed class ExactBound(int samples) : GradientEstimator
{
    public override int? BoundSamples => samples;

    public override Bias Bias => Bias.None;

    public override bool NeedsDifferentiableObjective => false;

    public override long ObjectiveEvaluations(DiscreteDistribution q) => (long)q.JointValues;

    public override TrainingObjective EstimateBound(IBound bound, Generator rng) => EstimateLogWeights(bound, rng);

    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        Require<ILogWeight>(f);
        var values = q.Enumerate().unsqueeze(1);
        var b = values.expand([-1, q.BatchShape[0], .. values.shape[2..]]);
        var (logQ, logWeight) = (q.JointLogProb(b), f.Evaluate(b));
        var (probability, sum) = (logQ.exp(), logWeight.exp());
        for (var k = 1; k < samples; k++)
        {
            probability = (probability.unsqueeze(1) * logQ.exp()).flatten(0, 1);
            sum = (sum.unsqueeze(1) + logWeight.exp()).flatten(0, 1);
        }

        var bound = (probability * (sum / samples).log()).sum(dim: 0);
        return new(bound.detach().unsqueeze(0), EvaluationPoint.Expectation, bound);
    }
}
