using BatchNorm1d = TorchSharp.Modules.BatchNorm1d;
using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks.Residual;

/// <summary>Says how likely a block is to be computed for an image: the mean of each channel over the image, 16 units with batch norm and ReLU, one logit.</summary>
/// <remarks>At first the logit is 1.9 with nearly no weight on the image: an open probability of 0.87. The published network has two outputs, of which this is the
/// difference. Reference: Veit, Belongie 2018, arXiv:1711.11503.</remarks>
internal sealed class BlockGate : Component
{
    private const int Units = 16;
    private const double Open = 1.9, Deviation = 0.0014; // 2 less 0.1, and 0.001 times the root of 2

    private readonly Linear first, second;
    private readonly BatchNorm1d norm;

    /// <summary>A gate of a block that sees so many channels.</summary>
    internal BlockGate(long channels, Generator rng)
        : base(nameof(BlockGate))
    {
        first = this.AddModule(nameof(first), Layers.Linear(channels, Units, rng));
        norm = this.AddModule(nameof(norm), torch.nn.BatchNorm1d(Units, device: rng.device));
        second = this.AddModule(nameof(second), Layers.Linear(Units, 1, rng));
        using var _ = torch.no_grad();
        second.weight.normal_(0, Deviation, rng);
        second.bias!.fill_(Open);
    }

    /// <summary>The logits of images' gates, <c>[B]</c>, from what the block sees, <c>[B, C, H, W]</c>.</summary>
    internal Tensor Logits(Tensor x) => second.call(norm.call(first.call(x.mean([2, 3]))).relu()).squeeze(-1);
}
