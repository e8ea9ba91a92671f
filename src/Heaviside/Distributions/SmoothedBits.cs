
namespace Heaviside.Distributions;

/// <summary>What is drawn where a bit z is smoothed.</summary>
/// <param name="Zeta">zeta in [0, 1], shape <c>[..., shape of the logits]</c>, with a gradient to the logits.</param>
/// <param name="Posterior">p(z = 1 | zeta), the same shape. Its gradient is such that a function of degree at most 1 in it has that of
/// its expectation, whether p(z = 1 | zeta) is smooth or not.</param>
public sealed record SmoothedBits(Tensor Zeta, Tensor Posterior);
