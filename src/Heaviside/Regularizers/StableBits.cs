using Heaviside.Networks;

namespace Heaviside.Regularizers;

/// <summary>A layer of outputs in (0, 1), such as sigmoids, that are trained to be bits: 1 above a half.</summary>
/// <remarks>A bit is made stable with both of its values, f f' + (1 - f) (1 - f'), as a softmax of two would be: neither is preferred.
/// With f f' alone, clipped at alpha, a soft bit that is on often enough has nothing left to gain by becoming hard.</remarks>
/// <param name="layer">From inputs <c>[B, ...]</c> to outputs <c>[B, ...]</c> in (0, 1).</param>
public sealed class StableBits(torch.nn.Module<Tensor, Tensor> layer) : StableLayer(Layers.Sequence(layer, new Map("OnAndOff", OnAndOff)))
{
    /// <summary>f and 1 - f, as a group of outputs.</summary>
    internal static Tensor OnAndOff(Tensor f) => torch.stack([f, 1 - f], -1);

    private protected override Tensor Variables(Tensor outputs) => outputs.select(-1, 0);

    private protected override Tensor Threshold(Tensor soft) => soft.gt(0.5).to(soft.dtype);
}
