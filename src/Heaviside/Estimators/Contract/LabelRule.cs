using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>How variables whose value is known teach their law: as the estimator has it, or by their log-probability.</summary>
public static class LabelRule
{
    /// <summary>What is maximized: <see cref="IHasLabelRule.Supervise"/> where there is one, log q(labels) in nats otherwise.</summary>
    /// <param name="estimator">The estimator with which the law is trained where the value is not known.</param>
    /// <param name="q">The law.</param>
    /// <param name="labels">The known values, shape <c>BatchShape + EventShape</c>.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[B]</c>.</returns>
    public static Tensor Of(GradientEstimator estimator, FactorialDistribution q, Tensor labels, Generator rng)
    {
        Shape.Require(labels, [.. q.BatchShape, .. q.EventShape]);
        return estimator is IHasLabelRule own ? own.Supervise(q, labels, rng) : q.JointLogProb(labels.unsqueeze(0))[0];
    }
}
