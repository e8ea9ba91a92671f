
namespace Heaviside.Networks;

/// <summary>A network from a class and the Gaussians of all K classes, of which it sees that of the class alone, to an image's logits.</summary>
internal abstract class RowDecoder : Component
{
    /// <summary>For derived classes.</summary>
    protected RowDecoder()
        : base(nameof(RowDecoder))
    {
    }

    /// <summary>The logits <c>[..., D]</c> of classes <c>[..., K]</c>, hard or relaxed, and Gaussians <c>[..., K, G]</c>, each weighted by its class.</summary>
    internal abstract Tensor Decode(Tensor z, Tensor g);

    /// <summary>The logits of each class in turn: from Gaussians <c>[B, K, G]</c> to <c>[K, B, D]</c>.</summary>
    internal abstract Tensor OfEachClass(Tensor g);
}
