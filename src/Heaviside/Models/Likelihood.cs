using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>Likelihoods of images.</summary>
internal static class Likelihood
{
    // An output bias of a pixel that is always off must stay finite (IWAE's clipping, arXiv:1509.00519).
    private const float LeastMean = 0.001f;

    /// <summary>log p(x) under independent Bernoulli pixels; x may be fractional. Sums the last dimension.</summary>
    /// <param name="x">Shape <c>[B, D]</c>.</param>
    /// <param name="logits">Shape <c>[P, B, D]</c>.</param>
    /// <returns>Shape <c>[P, B]</c>, in nats.</returns>
    internal static Tensor Bernoulli(Tensor x, Tensor logits) => ((x * logits) - logits.softplus()).sum(-1);

    /// <summary>The logits of the pixel means, clipped to [0.001, 0.999].</summary>
    internal static float[] LogitsOf(float[] means) =>
        [.. means.Select(m => float.Clamp(m, LeastMean, 1 - LeastMean)).Select(m => MathF.Log(m / (1 - m)))];
}
