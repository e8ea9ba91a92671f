using BatchNorm2d = TorchSharp.Modules.BatchNorm2d;
using Conv2d = TorchSharp.Modules.Conv2d;

namespace Heaviside.Networks.Residual;

/// <summary>The basic block of residual networks: relu(shortcut(x) + F(x)), F two convolutions of 3 x 3 with batch norm and a ReLU between them.</summary>
/// <remarks>The shortcut is x itself where neither channels nor size change, else a convolution of 1 x 1 with batch norm. Reference: He et al. 2015, arXiv:1512.03385.</remarks>
internal sealed class BasicBlock : Component
{
    private readonly Conv2d first, second;
    private readonly BatchNorm2d firstNorm, secondNorm;
    private readonly Conv2d? shortcut;
    private readonly BatchNorm2d? shortcutNorm;

    /// <summary>A block with PyTorch's initial weights.</summary>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="stride">By what height and width are divided: 1 or 2.</param>
    /// <param name="rng">The source of the weights.</param>
    internal BasicBlock(int inputs, int outputs, int stride, Generator rng)
        : base(nameof(BasicBlock))
    {
        Stride = stride;
        first = this.AddModule(nameof(first), Layers.Conv2d(inputs, outputs, 3, rng, stride, padding: 1, bias: false));
        firstNorm = this.AddModule(nameof(firstNorm), torch.nn.BatchNorm2d(outputs, device: rng.device));
        second = this.AddModule(nameof(second), Layers.Conv2d(outputs, outputs, 3, rng, padding: 1, bias: false));
        secondNorm = this.AddModule(nameof(secondNorm), torch.nn.BatchNorm2d(outputs, device: rng.device));
        if (stride == 1 && inputs == outputs) return;
        shortcut = this.AddModule(nameof(shortcut), Layers.Conv2d(inputs, outputs, 1, rng, stride, bias: false));
        shortcutNorm = this.AddModule(nameof(shortcutNorm), torch.nn.BatchNorm2d(outputs, device: rng.device));
    }

    /// <summary>The output, <c>[B, C', H', W']</c>, of <c>[B, C, H, W]</c>.</summary>
    internal Tensor Of(Tensor x) => (Shortcut(x) + Residual(x)).relu();

    /// <summary>The output where F has a gate: relu(shortcut(x) + g F(x)).</summary>
    /// <param name="x">Shape <c>[B, C, H, W]</c>.</param>
    /// <param name="gate">g of each image, <c>[B]</c>, 0 or 1, or in between where it is relaxed.</param>
    /// <remarks>Outside of training, where nobody asks for gradients, F is computed for the images alone whose gate is not 0.</remarks>
    internal Tensor Of(Tensor x, Tensor gate)
    {
        if (training || torch.is_grad_enabled()) return (Shortcut(x) + (gate.view(-1, 1, 1, 1) * Residual(x))).relu();
        using var scope = torch.NewDisposeScope();
        var open = gate.nonzero().squeeze(-1);
        var shortcut = Shortcut(x);
        if (open.numel() == 0) return scope.MoveToOuter(shortcut.relu());
        var residual = gate.index_select(0, open).view(-1, 1, 1, 1) * Residual(x.index_select(0, open));
        return scope.MoveToOuter(shortcut.index_add(0, open, residual, 1).relu());
    }

    /// <summary>Multiplications and additions, as one, of F for an image of H x W pixels.</summary>
    internal long MultiplyAdds(long height, long width)
    {
        var (outputs, inputs) = (first.weight.size(0), first.weight.size(1));
        var pixels = height / Stride * (width / Stride);
        return pixels * outputs * 9 * (inputs + outputs);
    }

    /// <summary>The channels that it sees.</summary>
    internal long Channels => first.weight.size(1);

    /// <summary>By what height and width are divided.</summary>
    internal int Stride { get; }

    private Tensor Residual(Tensor x) => secondNorm.call(second.call(firstNorm.call(first.call(x)).relu()));

    private Tensor Shortcut(Tensor x) => shortcut is null ? x : shortcutNorm!.call(shortcut.call(x));
}
