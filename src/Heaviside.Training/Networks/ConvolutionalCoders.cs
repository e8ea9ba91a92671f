
namespace Heaviside.Networks;

/// <summary>Convolutions of 4 x 4 pixels from an image to a vector and back: each stage halves, or doubles, height and width.</summary>
/// <remarks>64 x 64 pixels and stages of 32, 64, 128 and 256 channels: 32 x 32 of 32, 16 x 16 of 64, 8 x 8 of 128, 4 x 4 of 256, and a
/// linear map of these 4,096 values. Odd sizes are rounded down. Leaky rectifiers, no norms.</remarks>
internal static class ConvolutionalCoders
{
    /// <summary>The small picture that an image comes to: the channels of the last stage, height and width halved once a stage.</summary>
    /// <exception cref="InputException">There are no stages, or nothing is left of the image.</exception>
    internal static ImageShape Code(ImageShape image, IReadOnlyList<int> channels)
    {
        if (channels.Count == 0) throw new InputException("setting 'channels' is empty, expected the channels of one stage at least");
        var code = channels.Count < 31 ? At(image, channels, channels.Count) : default;
        return code.Size > 0 ? code : throw new InputException(
            $"images of {image.Width} x {image.Height} pixels are too small for {channels.Count} convolutions, each of which halves them: give fewer 'channels', or network=mlp");
    }

    /// <summary>From images [..., C H W] to vectors [..., outputs].</summary>
    internal static ImageMap Encoder(ImageShape image, IReadOnlyList<int> channels, long outputs, Generator rng)
    {
        var code = Code(image, channels);
        var layers = new List<torch.nn.Module<Tensor, Tensor>>();
        foreach (var (from, to) in channels.Prepend(image.Channels).Zip(channels))
            layers.AddRange([Layers.Conv2d(from, to, 4, rng, stride: 2, padding: 1), torch.nn.LeakyReLU(0.2)]);
        return new(image, Layers.Sequence([.. layers, torch.nn.Flatten(), Layers.Linear(code.Size, outputs, rng)]), Widest(image, channels));
    }

    /// <summary>From small pictures [..., C' H' W'], before their rectifier, to logits [..., C H W].</summary>
    internal static ImageMap Decoder(ImageShape image, IReadOnlyList<int> channels, Generator rng)
    {
        var layers = new List<torch.nn.Module<Tensor, Tensor>>();
        for (var stage = channels.Count; stage > 0; stage--)
        {
            var (from, to) = (At(image, channels, stage), At(image, channels, stage - 1));
            layers.AddRange([torch.nn.LeakyReLU(0.2), new TransposedConvolution(
                from.Channels, to.Channels, 4, rng, stride: 2, padding: 1, outputPadding: (to.Height - (2 * from.Height), to.Width - (2 * from.Width)))]);
        }

        return new(Code(image, channels), Layers.Sequence([.. layers]), Widest(image, channels));
    }

    private static ImageShape At(ImageShape image, IReadOnlyList<int> channels, int stage) =>
        stage == 0 ? image : new(channels[stage - 1], image.Height >> stage, image.Width >> stage);

    private static long Widest(ImageShape image, IReadOnlyList<int> channels) =>
        Enumerable.Range(0, channels.Count + 1).Max(stage => (long)At(image, channels, stage).Size);
}
