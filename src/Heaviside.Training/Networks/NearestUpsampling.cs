
namespace Heaviside.Networks;

/// <summary>Repeats pixels until images have a given size: [B, C, h, w] to [B, C, height, width].</summary>
internal sealed class NearestUpsampling(long height, long width) : torch.nn.Module<Tensor, Tensor>(nameof(NearestUpsampling))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.interpolate(input, [height, width]);
}
