using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Bounds;

/// <summary>Latent variables beside one class: q(g_k | x), a Gaussian for each of K classes, of which the class chooses one; their prior is standard normal.</summary>
public sealed class GaussianRows
{
    private readonly Tensor mean, logVariance;

    /// <summary>Gaussians of means and variances, of independent dimensions.</summary>
    /// <param name="mean">Shape <c>[B, K, G]</c>.</param>
    /// <param name="logVariance">Same shape.</param>
    /// <exception cref="ArgumentException">The shapes are others.</exception>
    public GaussianRows(Tensor mean, Tensor logVariance)
    {
        Shape.Require(mean, [-1, -1, -1]);
        Shape.Same(mean, logVariance);
        (this.mean, this.logVariance) = (mean, logVariance);
    }

    /// <summary>Draws with a gradient, shape <c>sampleShape + [B, K, G]</c>.</summary>
    public Tensor Draw(ReadOnlySpan<long> sampleShape, Generator rng) => new Normal(mean, (0.5 * logVariance).exp()).RSample(sampleShape, rng);

    /// <summary>KL(q(g_k | x) || p(g)) in nats, shape <c>[B, K]</c>.</summary>
    public Tensor Divergences() => 0.5 * (mean.square() + logVariance.exp() - logVariance - 1.0).sum(-1);

    /// <summary>log p(g_k) - log q(g_k | x) in nats, from <c>[..., B, K, G]</c> to <c>[..., B, K]</c>.</summary>
    public Tensor LogPriorRatio(Tensor g)
    {
        Shape.RequireSuffix(g, mean.shape);
        return 0.5 * (((g - mean).square() * (-logVariance).exp()) + logVariance - g.square()).sum(-1);
    }

    /// <summary>What is known of each class, <c>[..., B, K]</c>, for the class that points <c>[..., B, 1, K]</c> have, hard or relaxed: shape <c>[..., B]</c>.</summary>
    internal static Tensor Chosen(Tensor b, Tensor each) => (b.squeeze(-2) * each).sum(-1);
}
