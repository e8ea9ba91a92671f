using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Heaviside.Networks;

/// <summary>TorchSharp's layers with PyTorch's default weights, drawn from a generator; their own constructors take no generator.</summary>
internal static class Layers
{
    /// <summary>The affine map x W' + b, <c>[..., inputs]</c> to <c>[..., outputs]</c>.</summary>
    internal static Linear Linear(long inputs, long outputs, Generator rng, bool bias = true, ScalarType? type = null)
    {
        var layer = torch.nn.Linear(inputs, outputs, bias, rng.device, type);
        Initialize(layer.weight, layer.bias, rng);
        return layer;
    }

    /// <summary>A convolution with square kernels, <c>[B, inputs, H, W]</c> to <c>[B, outputs, H', W']</c>.</summary>
    internal static Conv2d Conv2d(long inputs, long outputs, long kernel, Generator rng, long stride = 1, long padding = 0, bool bias = true)
    {
        var layer = torch.nn.Conv2d(inputs, outputs, kernel, stride: stride, padding: padding, bias: bias, device: rng.device);
        Initialize(layer.weight, layer.bias, rng);
        return layer;
    }

    /// <summary>Layers one after the other.</summary>
    internal static Sequential Sequence(params IEnumerable<Module<Tensor, Tensor>> layers) => Sequential([.. layers]);

    /// <summary>Uniform on +-1 / sqrt(fan in), as PyTorch begins; nn.init.uniform_ takes a generator, but does not draw from it.</summary>
    internal static void Initialize(Tensor weight, Tensor? bias, Generator rng)
    {
        using var _ = torch.no_grad();
        var bound = 1 / Math.Sqrt((double)weight.numel() / weight.size(0));
        weight.uniform_(-bound, bound, rng);
        bias?.uniform_(-bound, bound, rng);
    }
}
