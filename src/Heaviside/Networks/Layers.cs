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

    /// <summary>The transpose of a convolution with square kernels, which enlarges images.</summary>
    internal static ConvTranspose2d ConvTranspose2d(long inputs, long outputs, long kernel, Generator rng, long stride, long padding, (long Height, long Width) outputPadding, bool bias = true)
    {
        var layer = torch.nn.ConvTranspose2d(inputs, outputs, (kernel, kernel), (stride, stride), (padding, padding), outputPadding, bias: bias, device: rng.device);
        Initialize(layer.weight, layer.bias, rng);
        return layer;
    }

    /// <summary>Layers one after the other.</summary>
    internal static Sequential Sequence(params IEnumerable<Module<Tensor, Tensor>> layers) => Sequential([.. layers]);

    // Uniform on +-1 / sqrt(fan in), as PyTorch begins.
    private static void Initialize(Tensor weight, Tensor? bias, Generator rng)
    {
        var bound = 1 / Math.Sqrt(weight[0].numel());
        init.uniform_(weight, -bound, bound, rng);
        if (bias is not null) init.uniform_(bias, -bound, bound, rng);
    }
}
