using Heaviside.Estimators;
using Heaviside.Numerics;

namespace Heaviside.Models;

/// <summary>A model whose latent variables are drawn from discrete laws: any gradient estimator of the catalogue trains it.</summary>
public abstract class DiscreteLatentModel : LatentVariableModel, IHasDiscreteLatents
{
    /// <inheritdoc/>
    public abstract IReadOnlyList<long[]> LatentLayers { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<Tensor> LogitParameters { get; }

    /// <summary>The parameters of q, all that is computed of latent variables from images; those behind the logits by default.</summary>
    public virtual IReadOnlyList<Tensor> InferenceParameters => LogitParameters;

    /// <inheritdoc/>
    public abstract long ContextSize { get; }

    /// <summary>The objective of one training step on a batch, and its gradient's surrogate.</summary>
    /// <param name="x">Images in [0, 1], shape <c>[B, D]</c>.</param>
    /// <param name="estimator">What estimates the gradient through the latent variables.</param>
    /// <param name="rng">The source of randomness.</param>
    public abstract TrainingObjective Objective(Tensor x, GradientEstimator estimator, Generator rng);

    /// <summary>Refuses a bound of several samples where the divergence has a weight: it has none of its own there.</summary>
    /// <exception cref="UnsupportedException">The weight is not 1 at every step.</exception>
    private protected static void RequireWholeDivergence(GradientEstimator estimator, Schedule klWeight)
    {
        if (!ScheduleRange.IsAlways(klWeight, 1))
            throw new UnsupportedException($"{estimator.GetType().Name} trains a bound of several samples, in which the divergence has no weight of its own: leave out kl-weight");
    }

    /// <inheritdoc/>
    internal sealed override TrainingObjective Train(Tensor x, GradientEstimator? estimator, Generator rng) =>
        Objective(x, estimator ?? throw new ArgumentNullException(nameof(estimator)), rng);
}
