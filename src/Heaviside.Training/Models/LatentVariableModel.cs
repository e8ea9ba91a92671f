using Heaviside.Data;
using Heaviside.Estimators;

namespace Heaviside.Models;

/// <summary>A model of images, or of parts of them, with latent variables b and a law q of these given an image.</summary>
/// <remarks>Its training needs a gradient estimator (<see cref="DiscreteLatentModel"/>) or none (<see cref="PathwiseModel"/>). One
/// that generates whole images from its prior is an <see cref="IHasPrior"/>.</remarks>
public abstract class LatentVariableModel : TrainableModel, IHasLogWeights
{
    /// <inheritdoc/>
    public override string Quantity => "log p(x)";

    /// <summary>One-sample estimates of the evidence lower bound with hard latents, in nats.</summary>
    /// <param name="x">Shape <c>[B, D]</c>.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[B]</c>; the expectation is a valid lower bound of <see cref="Quantity"/>.</returns>
    public abstract Tensor Elbo(Tensor x, Generator rng);

    /// <summary>The logarithms of the importance weights of samples from q, such as p(x, b) / q(b | x), in nats: the logarithm
    /// of the mean of S such weights bounds <see cref="Quantity"/> from below.</summary>
    /// <param name="x">Shape <c>[B, D]</c>.</param>
    /// <param name="samples">How many samples S.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[S, B]</c>.</returns>
    public abstract Tensor LogWeights(Tensor x, int samples, Generator rng);

    /// <summary>The mean images of latent variables drawn from their law given x, shape <c>[B, D]</c>, in [0, 1].</summary>
    public abstract Tensor Reconstruct(Tensor x, Generator rng);

    /// <inheritdoc/>
    public sealed override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng) => Train(batch[ImageData.Pixels], estimator, rng);

    /// <inheritdoc/>
    public sealed override Tensor Score(Batch batch, Generator rng) => Elbo(batch[ImageData.Pixels], rng);

    Tensor IHasLogWeights.LogWeights(Batch batch, int samples, Generator rng) => LogWeights(batch[ImageData.Pixels], samples, rng);

    /// <summary>The objective of one training step on images <c>[B, D]</c>, with an estimator or, where none is needed, null.</summary>
    internal abstract TrainingObjective Train(Tensor x, GradientEstimator? estimator, Generator rng);
}
