using Heaviside.Torch;

namespace Heaviside.Regularizers;

/// <summary>A layer of outputs in (0, 1), such as sigmoids, that are trained to be bits: 1 above a half.</summary>
/// <param name="layer">From inputs <c>[B, ...]</c> to outputs <c>[B, ...]</c> in (0, 1).</param>
public sealed class StableBits(Module<Tensor, Tensor> layer) : StableLayer(layer)
{
    private protected override Tensor Threshold(Tensor soft) => soft.gt(0.5).to(soft.dtype);
}
