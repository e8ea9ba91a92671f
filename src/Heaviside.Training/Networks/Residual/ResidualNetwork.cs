using BatchNorm2d = TorchSharp.Modules.BatchNorm2d;
using Conv2d = TorchSharp.Modules.Conv2d;
using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks.Residual;

/// <summary>The residual network for small images: a convolution, three stages of (depth - 2) / 6 blocks each, of which the second and the third halve the image and
/// double the channels, the mean over the image, and an affine map.</summary>
/// <remarks>Reference: He et al. 2015, arXiv:1512.03385, section 4.2.</remarks>
internal sealed class ResidualNetwork : Component
{
    private const int Stages = 3, LayersOfABlock = 2, Outer = 2;

    private readonly Conv2d first;
    private readonly BatchNorm2d norm;
    private readonly Linear output;

    /// <summary>A network with PyTorch's initial weights.</summary>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="depth">Layers with weights: 6 n + 2, 8 or more.</param>
    /// <param name="width">Channels of the first stage.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="rng">The source of the weights.</param>
    internal ResidualNetwork(int channels, int depth, int width, int classes, Generator rng)
        : base(nameof(ResidualNetwork))
    {
        first = this.AddModule(nameof(first), Layers.Conv2d(channels, width, 3, rng, padding: 1, bias: false));
        norm = this.AddModule(nameof(norm), torch.nn.BatchNorm2d(width, device: rng.device));
        var ofAStage = BlocksOfAStage(depth);
        Blocks = [.. Enumerable.Range(0, Stages * ofAStage).Select(i =>
        {
            var (stage, begins) = (i / ofAStage, i % ofAStage == 0 && i > 0);
            return this.AddModule($"block{i}", new BasicBlock(width << (begins ? stage - 1 : stage), width << stage, begins ? 2 : 1, rng));
        })];
        output = this.AddModule(nameof(output), Layers.Linear((long)width << (Stages - 1), classes, rng));
    }

    /// <summary>The blocks, the image's side first.</summary>
    internal IReadOnlyList<BasicBlock> Blocks { get; }

    /// <summary>A depth, if it is 6 n + 2 for some n of 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    internal static int Depth(int depth) => depth > Outer && (depth - Outer) % (Stages * LayersOfABlock) == 0
        ? depth
        : throw new ArgumentOutOfRangeException(nameof(depth), depth, "must be 6 n + 2, such as 8, 14, 20 or 110");

    /// <summary>The logits of the classes, <c>[B, K]</c>, of images <c>[B, C, H, W]</c>.</summary>
    internal Tensor Logits(Tensor x) => Output(Blocks.Aggregate(Begin(x), (features, block) => block.Of(features)));

    /// <summary>What the first block sees, <c>[B, C', H, W]</c>, of images <c>[B, C, H, W]</c>.</summary>
    internal Tensor Begin(Tensor x) => norm.call(first.call(x)).relu();

    /// <summary>The logits of the classes, <c>[B, K]</c>, from what the last block gives.</summary>
    internal Tensor Output(Tensor features) => output.call(features.mean([2, 3]));

    private static int BlocksOfAStage(int depth) => (depth - Outer) / (Stages * LayersOfABlock);
}
