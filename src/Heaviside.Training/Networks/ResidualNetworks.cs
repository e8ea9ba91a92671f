
namespace Heaviside.Networks;

/// <summary>Residual networks from an image to a small picture of logits and back: each stage is a <see cref="ResidualBlock"/>.</summary>
/// <remarks>The encoder of 14 x 28 pixels with stages of 16 and 32 channels: a convolution to 16 channels, blocks to 7 x 14 pixels
/// of 16 channels and to 3 x 7 of 32, a linear map of each pixel to its logit. The decoder goes the same way back.</remarks>
internal static class ResidualNetworks
{
    /// <summary>The picture of logits that an image comes to: one channel, height and width halved once a stage and rounded down.</summary>
    /// <exception cref="InputException">Fewer than two pixels are left, of which batch norm could take no moments.</exception>
    internal static ImageShape Code(ImageShape image, int stages)
    {
        var code = stages < 16 ? image.Halved(stages) : default;
        return code.Size >= 2 ? code : throw new InputException(
            $"images of {image.Width} x {image.Height} pixels are too small for a residual network of {stages} stages, each of which halves them: give fewer 'channels', or network=mlp");
    }

    /// <summary>From images [..., C H W] to logits [..., H' W'] of the shape that <see cref="Code"/> says.</summary>
    /// <param name="image">The shape of an image.</param>
    /// <param name="channels">Channels of the stages, the image's side first.</param>
    /// <param name="rng">The source of the weights.</param>
    internal static ImageMap Encoder(ImageShape image, IReadOnlyList<int> channels, Generator rng)
    {
        Code(image, channels.Count);
        var layers = Begin(image.Channels, channels[0], rng);
        foreach (var (from, to) in channels.Prepend(channels[0]).Zip(channels))
            layers.Add(new ResidualBlock(from, to, Nonlinearity, rng, stride: 2));
        // The logits begin as widely spread as those of perceptrons: noise of unit deviation may come on top of them.
        var logits = Layers.Conv2d(channels[^1], 1, 1, rng);
        SlimWeights.Initialize(logits.parameters(), rng);
        layers.Add(logits);
        return new(image, Layers.Sequence([.. layers]), Widest(image, channels));
    }

    /// <summary>From codes [..., H' W'] to logits [..., C H W] of an image.</summary>
    /// <param name="code">The shape of a code.</param>
    /// <param name="image">The shape of an image.</param>
    /// <param name="channels">Channels of the stages, the image's side first.</param>
    /// <param name="rng">The source of the weights.</param>
    internal static ImageMap Decoder(ImageShape code, ImageShape image, IReadOnlyList<int> channels, Generator rng)
    {
        var layers = Begin(code.Channels, channels[^1], rng);
        for (var stage = channels.Count - 1; stage >= 0; stage--)
        {
            var size = image.Halved(stage);
            layers.Add(new NearestUpsampling(size.Height, size.Width));
            layers.Add(new ResidualBlock(channels[stage], channels[Math.Max(stage - 1, 0)], Nonlinearity, rng));
        }

        layers.Add(Layers.Conv2d(channels[0], image.Channels, 3, rng, padding: 1));
        return new(code, Layers.Sequence([.. layers]), Widest(image, channels));
    }

    private static torch.nn.Module<Tensor, Tensor> Nonlinearity() => torch.nn.ELU();

    private static List<torch.nn.Module<Tensor, Tensor>> Begin(int from, int to, Generator rng) =>
        [Layers.Conv2d(from, to, 3, rng, padding: 1, bias: false), torch.nn.BatchNorm2d(to, device: rng.device), Nonlinearity()];

    private static long Widest(ImageShape image, IReadOnlyList<int> channels) =>
        channels.Select((c, stage) => (long)c * image.Halved(stage).Size).Max();
}
