namespace Heaviside.Torch;

/// <summary>The transpose of a convolution, which enlarges images: [B, in, H, W] to [B, out, H', W'], or the same without B.</summary>
public sealed class ConvTranspose2d : Convolution
{
    private readonly long[] outputPadding;

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
        : base(transposed: true, in_channels, out_channels, kernel_size, generator, stride, padding, dilation, groups, bias, device, dtype) =>
        outputPadding = Argument.Pair(output_padding, 0, nameof(output_padding), fallback: 0);

    private protected override Tensor Convolve(Tensor input) =>
        torch.conv_transpose2d(input, weight, bias, Stride, Padding, outputPadding, Groups, Dilation);
}
