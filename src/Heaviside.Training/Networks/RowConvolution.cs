using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks;

/// <summary>A convolutional decoder of a class and its Gaussian: the first map of the Gaussian is the same for all classes, to which each adds
/// a bias of its own, so that one Gaussian is one picture in several classes.</summary>
internal sealed class RowConvolution : RowDecoder
{
    private readonly Linear gaussian;
    private readonly Linear category;
    private readonly ImageMap image;

    /// <summary>A decoder with PyTorch's initial weights.</summary>
    /// <param name="classes">K.</param>
    /// <param name="size">G.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="channels">Channels of the stages, the image's side first.</param>
    /// <param name="rng">The source of the weights.</param>
    internal RowConvolution(long classes, long size, ImageShape shape, IReadOnlyList<int> channels, Generator rng)
    {
        var code = ConvolutionalCoders.Code(shape, channels).Size;
        gaussian = Layers.Linear(size, code, rng);
        category = Layers.Linear(classes, code, rng, bias: false);
        image = ConvolutionalCoders.Decoder(shape, channels, rng);
        this.AddModule(nameof(gaussian), gaussian);
        this.AddModule(nameof(category), category);
        this.AddModule(nameof(image), image);
    }

    /// <inheritdoc/>
    internal override Tensor Decode(Tensor z, Tensor g) => image.call(gaussian.call((z.unsqueeze(-1) * g).sum(-2)) + category.call(z));

    /// <inheritdoc/>
    internal override Tensor OfEachClass(Tensor g) => image.call(gaussian.call(g.transpose(0, 1)) + category.weight.t().unsqueeze(1));
}
