using Heaviside.Estimators;
using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>A model of images, or of parts of them, with discrete latent variables b and a law q of these given an image.</summary>
/// <remarks>One that generates whole images from its prior is an <see cref="IHasPrior"/>.</remarks>
public abstract class LatentVariableModel : Module
{
    /// <summary>What the bounds are bounds of, as results print it.</summary>
    public virtual string Quantity => "log p(x)";

    /// <summary>The shape of each stochastic layer's variables: <c>[N]</c> for bits, <c>[N, K]</c> for categories.</summary>
    public abstract IReadOnlyList<long[]> LatentLayers { get; }

    /// <summary>The parameters from which the logits of the latent variables are computed.</summary>
    public abstract IReadOnlyList<Tensor> LogitParameters { get; }

    /// <summary>The number of values that an input-dependent baseline sees of an example.</summary>
    public abstract long ContextSize { get; }

    /// <summary>The objective of one training step on a batch, and its gradient's surrogate.</summary>
    /// <param name="x">Images in [0, 1], shape <c>[B, D]</c>.</param>
    /// <param name="estimator">What estimates the gradient through the latent variables.</param>
    /// <param name="rng">The source of randomness.</param>
    public abstract TrainingObjective Objective(Tensor x, GradientEstimator estimator, Generator rng);

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
}
