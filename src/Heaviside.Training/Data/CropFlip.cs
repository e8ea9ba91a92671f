using System.Globalization;
using Heaviside.Numerics;

namespace Heaviside.Data;

/// <summary>Moves and mirrors images.</summary>
internal static class CropFlip
{
    private const int Most = 4;

    /// <summary>What is done, in words.</summary>
    internal static string Description => string.Create(CultureInfo.InvariantCulture, $"training images moved by up to {Most} pixels and mirrored, anew in every epoch");

    /// <summary>Moves and mirrors an image in place: a pure function of its arguments.</summary>
    /// <param name="images">Whose shape the image has.</param>
    /// <param name="image">Which image it is.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="pixels">The image, <c>[C H W]</c>.</param>
    internal static void Apply(ImageSet images, int image, ulong seed, int epoch, Span<float> pixels)
    {
        var draw = new SplitMix64(seed, RandomPurpose.Augmentation, epoch, image);
        var (down, right, mirror) = (draw.Below((2 * Most) + 1) - Most, draw.Below((2 * Most) + 1) - Most, draw.Below(2) == 1);
        var (height, width) = (images.Height, images.Width);
        Span<float> from = stackalloc float[height * width];
        for (var c = 0; c < images.Channels; c++)
        {
            var channel = pixels.Slice(c * height * width, height * width);
            channel.CopyTo(from);
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    var (row, column) = (y + down, (mirror ? width - 1 - x : x) + right);
                    channel[(y * width) + x] = row >= 0 && row < height && column >= 0 && column < width ? from[(row * width) + column] : 0;
                }
        }
    }
}
