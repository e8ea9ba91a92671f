using Heaviside.Estimators;

namespace Heaviside.Models;

/// <summary>A model through which gradients pass as they are, such as one with stability-regularized layers: it needs no gradient estimator.</summary>
public abstract class PathwiseModel : LatentVariableModel
{
    /// <summary>The objective of one training step on a batch.</summary>
    /// <param name="x">Images in [0, 1], shape <c>[B, D]</c>.</param>
    /// <param name="rng">The source of randomness.</param>
    public abstract TrainingObjective Objective(Tensor x, Generator rng);

    /// <inheritdoc/>
    internal sealed override TrainingObjective Train(Tensor x, GradientEstimator? estimator, Generator rng) => Objective(x, rng);
}
