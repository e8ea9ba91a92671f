using Heaviside.Torch;

namespace Heaviside.Networks;

/// <summary>Repeats pixels until images have a given size: [B, C, h, w] to [B, C, height, width].</summary>
internal sealed class NearestUpsampling(long height, long width) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.upsample_nearest2d(input, [height, width]);
}
