using Heaviside.Bounds;
using Heaviside.Estimators;

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
    public virtual TrainingObjective Objective(Tensor x, GradientEstimator estimator, Generator rng) => Bound(x, rng).Objective(estimator, rng);

    /// <inheritdoc/>
    public override Tensor Elbo(Tensor x, Generator rng) => Bound(x, rng).OneSample(rng);

    /// <inheritdoc/>
    public override Tensor LogWeights(Tensor x, int samples, Generator rng) => Bound(x, rng).LogWeights(samples, rng);

    /// <summary>What the model is: the posterior of a batch, its likelihood and the prior.</summary>
    /// <param name="x">Images in [0, 1], shape <c>[B, D]</c>.</param>
    /// <param name="rng">The source of what is random in the networks themselves, such as dropout.</param>
    protected abstract Elbo Bound(Tensor x, Generator rng);

    /// <inheritdoc/>
    internal sealed override TrainingObjective Train(Tensor x, GradientEstimator? estimator, Generator rng) =>
        Objective(x, estimator ?? throw new ArgumentNullException(nameof(estimator)), rng);
}
