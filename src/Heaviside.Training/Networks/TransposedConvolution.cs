namespace Heaviside.Networks;

/// <summary>The transpose of a convolution with square kernels, which enlarges images: <c>[B, in, H, W]</c> to <c>[B, out, H', W']</c>.</summary>
/// <remarks>TorchSharp's ConvTranspose2d gives the output padding of the height to the width too.</remarks>
internal sealed class TransposedConvolution : torch.nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly long stride;
    private readonly long padding;
    private readonly long[] outputPadding;

    /// <summary>A layer with PyTorch's initial weights.</summary>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="kernel">Height and width of a kernel.</param>
    /// <param name="rng">The source of the weights.</param>
    /// <param name="stride">How far apart the windows of neighboring inputs are.</param>
    /// <param name="padding">What is cut from each side of the result.</param>
    /// <param name="outputPadding">What is added at the end of its height and width.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    internal TransposedConvolution(
        long inputs, long outputs, long kernel, Generator rng, long stride, long padding, (long Height, long Width) outputPadding, bool hasBias = true)
        : base(nameof(TransposedConvolution))
    {
        weight = this.AddParameter(nameof(weight), torch.empty([inputs, outputs, kernel, kernel], device: rng.device));
        if (hasBias) bias = this.AddParameter(nameof(bias), torch.empty([outputs], device: rng.device));
        Layers.Initialize(weight, bias, rng);
        (this.stride, this.padding, this.outputPadding) = (stride, padding, [outputPadding.Height, outputPadding.Width]);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        torch.nn.functional.conv_transpose2d(input, weight, bias, [stride, stride], [padding, padding], outputPadding, [1, 1]);
}
