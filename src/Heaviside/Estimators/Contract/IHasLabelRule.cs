using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>An estimator with a rule of its own for variables whose value is known; <see cref="LabelRule"/> is what others have.</summary>
public interface IHasLabelRule
{
    /// <summary>What is maximized so that the law comes to draw the labels; nats, or units of the estimator's own.</summary>
    /// <param name="q">The law.</param>
    /// <param name="labels">The known values, shape <c>BatchShape + EventShape</c>, the first dimension of the batch the example.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[B]</c>, differentiable with respect to the logits.</returns>
    Tensor Supervise(FactorialDistribution q, Tensor labels, Generator rng);
}
