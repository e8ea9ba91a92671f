using BatchNorm2d = TorchSharp.Modules.BatchNorm2d;

namespace Heaviside.Networks;

/// <summary>Residual networks from an image to a vector and back: in each of two stages height and width change by a factor of
/// two, then comes a <see cref="ResidualBlock"/>.</summary>
/// <remarks>28 x 28 pixels go to 14 x 14 of the first number of channels, to 7 x 7 of the second, and through a linear map to the
/// vector. Odd sizes are rounded up.</remarks>
internal static class ResidualCoders
{
    /// <summary>From images [B, C H W] to vectors [B, outputs].</summary>
    internal static ImageMap Encoder(ImageShape image, (int First, int Second) channels, long outputs, Generator rng)
    {
        var (_, code) = Sizes(image, channels);
        return new(
            image,
            Layers.Sequence(
                Layers.Conv2d(image.Channels, channels.First, 3, rng, stride: 2, padding: 1, bias: false), Norm(channels.First, rng), torch.nn.ReLU(),
                new ResidualBlock(channels.First, channels.First, () => torch.nn.ReLU(), rng),
                Layers.Conv2d(channels.First, channels.Second, 3, rng, stride: 2, padding: 1, bias: false), Norm(channels.Second, rng), torch.nn.ReLU(),
                new ResidualBlock(channels.Second, channels.Second, () => torch.nn.ReLU(), rng),
                torch.nn.Flatten(),
                Layers.Linear(code.Size, outputs, rng)),
            Widest(image, channels));
    }

    /// <summary>From vectors [..., inputs] to logits [..., C H W].</summary>
    internal static ImageMap Decoder(int inputs, ImageShape image, (int First, int Second) channels, Generator rng)
    {
        var (middle, code) = Sizes(image, channels);
        return new(
            new(inputs, 1, 1),
            Layers.Sequence(
                torch.nn.Flatten(),
                Layers.Linear(inputs, code.Size, rng), torch.nn.ReLU(),
                new Map("Unflatten", x => x.reshape([-1, code.Channels, code.Height, code.Width])),
                new ResidualBlock(channels.Second, channels.Second, () => torch.nn.ReLU(), rng),
                Enlarge(code, middle, bias: false, rng), Norm(channels.First, rng), torch.nn.ReLU(),
                new ResidualBlock(channels.First, channels.First, () => torch.nn.ReLU(), rng),
                Enlarge(middle, image, bias: true, rng)),
            Widest(image, channels));
    }

    // The transpose of the convolution that halves: 2 n - 1 or 2 n pixels from n.
    private static TransposedConvolution Enlarge(ImageShape from, ImageShape to, bool bias, Generator rng) => new(
        from.Channels, to.Channels, 3, rng, stride: 2, padding: 1, outputPadding: (to.Height - (2 * from.Height) + 1, to.Width - (2 * from.Width) + 1), hasBias: bias);

    private static BatchNorm2d Norm(int channels, Generator rng) => torch.nn.BatchNorm2d(channels, device: rng.device);

    private static (ImageShape Middle, ImageShape Code) Sizes(ImageShape image, (int First, int Second) channels)
    {
        var middle = new ImageShape(channels.First, (image.Height + 1) / 2, (image.Width + 1) / 2);
        return (middle, new(channels.Second, (middle.Height + 1) / 2, (middle.Width + 1) / 2));
    }

    private static long Widest(ImageShape image, (int First, int Second) channels) =>
        Math.Max(image.Size, Sizes(image, channels).Middle.Size) + (channels.First * (long)image.Height * image.Width);
}
