
namespace Heaviside.Regularizers;

/// <summary>A layer that ends in a softmax over the last dimension, trained to give one class: that of the largest output, the first of equals.</summary>
/// <param name="layer">From inputs <c>[B, ...]</c> to outputs <c>[B, ..., K]</c> that sum to 1 over K.</param>
public sealed class StableCategories(torch.nn.Module<Tensor, Tensor> layer) : StableLayer(layer)
{
    private protected override Tensor Threshold(Tensor soft) => torch.zeros_like(soft).ScatterOnes(soft.argmax(-1, keepdim: true));
}
