using Heaviside.Estimators;
using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>A generative model p(x, b) of images with discrete latent variables b and an approximate posterior q(b | x).</summary>
public abstract class LatentVariableModel : Module
{
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
    /// <returns>Shape <c>[B]</c>; the expectation is a valid lower bound of log p(x).</returns>
    public abstract Tensor Elbo(Tensor x, Generator rng);

    /// <summary>The logarithms of the importance weights p(x, b) / q(b | x) of samples from q, in nats.</summary>
    /// <param name="x">Shape <c>[B, D]</c>.</param>
    /// <param name="samples">How many samples S.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[S, B]</c>.</returns>
    public abstract Tensor LogWeights(Tensor x, int samples, Generator rng);

    /// <summary>The mean images of latent variables drawn from the prior, shape <c>[count, D]</c>, in [0, 1].</summary>
    public abstract Tensor Generate(int count, Generator rng);

    /// <summary>The mean images of latent variables drawn from the posterior of x, shape <c>[B, D]</c>, in [0, 1].</summary>
    public abstract Tensor Reconstruct(Tensor x, Generator rng);
}
