namespace Heaviside.Torch;

/// <summary>What the convolution of images and its transpose share: parameters, geometry and their checks.</summary>
public abstract class Convolution : Module<Tensor, Tensor>
{
    private readonly long inChannels;

    private protected Convolution(
        bool transposed, long in_channels, long out_channels, Longs kernel_size, Generator generator, Longs stride, Longs padding,
        Longs dilation, long groups, bool bias, Device? device, ScalarType? dtype)
    {
        inChannels = Argument.AtLeast(1, in_channels, nameof(in_channels));
        Argument.AtLeast(1, out_channels, nameof(out_channels));
        Groups = Argument.AtLeast(1, groups, nameof(groups));
        if (in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"groups: expected a divisor of {in_channels} and {out_channels}, got {groups}");
        var kernel = Argument.Pair(kernel_size, 1, nameof(kernel_size));
        Stride = Argument.Pair(stride, 1, nameof(stride));
        Padding = Argument.Pair(padding, 0, nameof(padding), fallback: 0);
        Dilation = Argument.Pair(dilation, 1, nameof(dilation));
        var (first, second) = transposed ? (in_channels, out_channels) : (out_channels, in_channels);
        (weight, this.bias) = Weights.Create([first, second / groups, .. kernel], bias ? out_channels : 0, generator, device, dtype);
        register_parameter(nameof(weight), weight);
        if (this.bias is { } b) register_parameter(nameof(bias), b);
    }

    /// <summary>The kernels: [out, in / groups, height, width], and [in, out / groups, height, width] of a transpose.</summary>
    public Tensor weight { get; }

    /// <summary>One number per channel of the result, [out], or null.</summary>
    public Tensor? bias { get; }

    private protected long Groups { get; }

    private protected long[] Stride { get; }

    private protected long[] Padding { get; }

    private protected long[] Dilation { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has not three or four dimensions, or not in_channels channels.</exception>
    public sealed override Tensor forward(Tensor input)
    {
        if (input.shape is not ([_, _, _] or [_, _, _, _]) || input.size(-3) != inChannels)
            throw Argument.Shape(nameof(input), $"[B, {inChannels}, H, W]", input);
        return Convolve(input);
    }

    private protected abstract Tensor Convolve(Tensor input);
}
