using Heaviside.Data;

namespace Heaviside.Models;

/// <summary>What a model must know of the images it is built for.</summary>
/// <param name="Channels">Channels of an image.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="PixelMeans">The mean of each pixel over the training set, in [0, 1].</param>
/// <param name="Rng">The source of the initial weights; on the device on which they are to be.</param>
public sealed record ModelInput(int Channels, int Height, int Width, float[] PixelMeans, Generator Rng)
{
    /// <summary>The number of values in an image, D.</summary>
    public int Dimensions => Channels * Height * Width;

    /// <summary>What there is to know of the images of a run.</summary>
    public static ModelInput Of(ImageData images, Generator rng)
    {
        var train = images.Set.Train;
        return new(train.Channels, train.Height, train.Width, images.PixelMeans, rng);
    }
}
