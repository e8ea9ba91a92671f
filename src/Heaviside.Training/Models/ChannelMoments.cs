using Heaviside.Data;

namespace Heaviside.Models;

/// <summary>Mean and standard deviation of each channel of images.</summary>
/// <param name="Mean">Of each channel, in [0, 1].</param>
/// <param name="Deviation">Of each channel, more than 0.</param>
internal sealed record ChannelMoments(float[] Mean, float[] Deviation)
{
    /// <summary>Those over the training images as models see them in the first epoch, without augmentation.</summary>
    internal static ChannelMoments Of(ImageData data)
    {
        var train = data.Set.Train;
        var (sums, squares, pixels) = (new double[train.Channels], new double[train.Channels], new float[train.ImageSize]);
        var size = train.Height * train.Width;
        for (var i = 0; i < train.Count; i++)
        {
            data.Binarization.Write(train, i, seed: 0, epoch: 0, pixels);
            for (var p = 0; p < pixels.Length; p++)
            {
                sums[p / size] += pixels[p];
                squares[p / size] += (double)pixels[p] * pixels[p];
            }
        }

        var count = (double)train.Count * size;
        return new(
            [.. sums.Select(s => (float)(s / count))],
            [.. sums.Zip(squares, (s, q) => Math.Sqrt(Math.Max(0, (q / count) - (s / count * s / count)))).Select(d => d > 0 ? (float)d : 1)]);
    }
}
