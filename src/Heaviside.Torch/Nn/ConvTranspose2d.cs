namespace Heaviside.Torch;

/// <summary>The transpose of a convolution, which enlarges images: [B, in, H, W] to [B, out, H', W'], or the same without B.</summary>
public sealed class ConvTranspose2d : Module<Tensor, Tensor>
{
    private readonly long inChannels;
    private readonly long groups;
    private readonly long[] stride;
    private readonly long[] padding;
    private readonly long[] outputPadding;
    private readonly long[] dilation;

    /// <summary>A layer whose weight and bias are uniform on +-1 / sqrt(out / groups * kernel height * kernel width).</summary>
    /// <param name="in_channels">Channels of the input, a multiple of the groups.</param>
    /// <param name="out_channels">Channels of the result, a multiple of the groups.</param>
    /// <param name="kernel_size">One size, or height and width.</param>
    /// <param name="generator">Where the initial values come from.</param>
    /// <param name="stride">How far apart the windows of neighboring inputs are; default 1.</param>
    /// <param name="padding">What is cut from each side of the result; default 0.</param>
    /// <param name="output_padding">What is added at the end of the result; default 0.</param>
    /// <param name="groups">Parts of the channels that do not mix.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="dilation">How far apart the points of a window are; default 1.</param>
    /// <param name="device">Of the parameters; default the generator's.</param>
    /// <param name="dtype">Of the parameters; default float32.</param>
    public ConvTranspose2d(
        long in_channels, long out_channels, Longs kernel_size, Generator generator, Longs stride = default, Longs padding = default,
        Longs output_padding = default, long groups = 1, bool bias = true, Longs dilation = default, Device? device = null, ScalarType? dtype = null)
    {
        inChannels = Argument.AtLeast(1, in_channels, nameof(in_channels));
        Argument.AtLeast(1, out_channels, nameof(out_channels));
        this.groups = Argument.AtLeast(1, groups, nameof(groups));
        if (in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"groups: expected a divisor of {in_channels} and {out_channels}, got {groups}");
        var kernel = Argument.Pair(kernel_size, 1, nameof(kernel_size));
        this.stride = Argument.Pair(stride, 1, nameof(stride));
        this.padding = Argument.Pair(padding, 0, nameof(padding), fallback: 0);
        outputPadding = Argument.Pair(output_padding, 0, nameof(output_padding), fallback: 0);
        this.dilation = Argument.Pair(dilation, 1, nameof(dilation));
        (weight, this.bias) = Weights.Create(
            [in_channels, out_channels / groups, .. kernel], bias ? out_channels : 0, generator, device, dtype);
        register_parameter(nameof(weight), weight);
        if (this.bias is { } b) register_parameter(nameof(bias), b);
    }

    /// <summary>The kernels, [in, out / groups, height, width].</summary>
    public Tensor weight { get; }

    /// <summary>One number per channel of the result, [out], or null.</summary>
    public Tensor? bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has not three or four dimensions, or not in_channels channels.</exception>
    public override Tensor forward(Tensor input)
    {
        if (input.shape is not ([_, _, _] or [_, _, _, _]) || input.size(-3) != inChannels)
            throw Argument.Shape(nameof(input), $"[B, {inChannels}, H, W]", input);
        return torch.conv_transpose2d(input, weight, bias, stride, padding, outputPadding, groups, dilation);
    }
}
