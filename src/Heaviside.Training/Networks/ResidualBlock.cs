using Conv2d = TorchSharp.Modules.Conv2d;

namespace Heaviside.Networks;

/// <summary>Two convolutions with batch norm, added to a shortcut around them: [B, in, H, W] to [B, out, H / stride, W / stride], rounded down.</summary>
/// <remarks>nonlinearity(norm(conv(nonlinearity(norm(conv(x))))) + shortcut(x)). The shortcut is the input itself where neither
/// its channels nor its size change, else a linear map of each window of stride x stride pixels. Enlarge images with
/// <see cref="NearestUpsampling"/> before a block. Reference: arXiv:1512.03385.</remarks>
internal sealed class ResidualBlock : torch.nn.Module<Tensor, Tensor>
{
    private readonly Sequential residual;
    private readonly Conv2d? shortcut;
    private readonly torch.nn.Module<Tensor, Tensor> nonlinearity;

    /// <summary>A block with PyTorch's initial weights.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the result.</param>
    /// <param name="nonlinearity">Makes what follows the first norm, and what follows the sum.</param>
    /// <param name="rng">The source of the weights.</param>
    /// <param name="stride">By what height and width are divided, 1 or more; default 1.</param>
    internal ResidualBlock(long inChannels, long outChannels, Func<torch.nn.Module<Tensor, Tensor>> nonlinearity, Generator rng, long stride = 1)
        : base(nameof(ResidualBlock))
    {
        // A kernel of stride + 2 with a border of 1 rounds sizes down, as the shortcut's windows do.
        residual = Layers.Sequence(
            Layers.Conv2d(inChannels, outChannels, stride + 2, rng, stride: stride, padding: 1, bias: false),
            torch.nn.BatchNorm2d(outChannels, device: rng.device),
            nonlinearity(),
            Layers.Conv2d(outChannels, outChannels, 3, rng, padding: 1, bias: false),
            torch.nn.BatchNorm2d(outChannels, device: rng.device));
        if (inChannels != outChannels || stride != 1) shortcut = Layers.Conv2d(inChannels, outChannels, stride, rng, stride: stride, bias: false);
        this.nonlinearity = nonlinearity();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(nonlinearity.call(residual.call(input) + (shortcut?.call(input) ?? input)));
    }
}
