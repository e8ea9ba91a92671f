using Heaviside.Distributions;

namespace Heaviside.Models;

/// <summary>q(g_k | x): a Gaussian for each of K classes, beside the standard normal prior.</summary>
/// <param name="mean">Shape <c>[B, K, G]</c>.</param>
/// <param name="logVariance">Same shape.</param>
internal sealed class GaussianRows(Tensor mean, Tensor logVariance)
{
    /// <summary>Draws with a gradient, shape <c>sampleShape + [B, K, G]</c>.</summary>
    internal Tensor Draw(ReadOnlySpan<long> sampleShape, Generator rng) => new Normal(mean, (0.5 * logVariance).exp()).RSample(sampleShape, rng);

    /// <summary>KL(q(g_k | x) || p(g)) in nats, shape <c>[B, K]</c>.</summary>
    internal Tensor Divergences() => 0.5 * (mean.square() + logVariance.exp() - logVariance - 1.0).sum(-1);

    /// <summary>log p(g_k) - log q(g_k | x) in nats, from <c>[..., B, K, G]</c> to <c>[..., B, K]</c>.</summary>
    internal Tensor LogPriorRatio(Tensor g) =>
        0.5 * (((g - mean).square() * (-logVariance).exp()) + logVariance - g.square()).sum(-1);
}
