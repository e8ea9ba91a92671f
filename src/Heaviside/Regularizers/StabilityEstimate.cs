
namespace Heaviside.Regularizers;

/// <summary>An estimate of a layer's noise stability on a batch.</summary>
/// <param name="Output">f(z + e), the layer's outputs under one of the noises, shape <c>[B, ...]</c>: what the rest of the network sees
/// in training when the regularizer works alone.</param>
/// <param name="Maximand">A scalar to maximize: subtract a multiple of it from the loss.</param>
/// <param name="Stability">A scalar without a gradient: the mean over outputs, or groups of them, of E[f f'], not clipped.</param>
/// <param name="Discreteness">A scalar without a gradient: the mean of min(f, 1 - f) over the outputs, 0 if all are 0 or 1, at most 1/2.</param>
public sealed record StabilityEstimate(Tensor Output, Tensor Maximand, Tensor Stability, Tensor Discreteness);
