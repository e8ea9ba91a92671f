using Heaviside.Data.Readers;

namespace Heaviside.Data.Sources;

/// <summary>Makes images of arrays of numbers.</summary>
internal static class ImageArrays
{
    private const int MostClasses = 256;

    /// <summary>Whether the shape is one of images.</summary>
    public static bool IsImages(NumpyArray x) => x.Shape.Count == 3 || (x.Shape.Count == 4 && (x.Shape[1] is 1 or 3 || x.Shape[3] is 1 or 3));

    /// <summary>The images of an array <c>[N, H, W]</c>, <c>[N, C, H, W]</c>, or else <c>[N, H, W, C]</c>.</summary>
    /// <exception cref="InputException">A pixel is neither a byte nor a number from 0 to 1.</exception>
    public static ImageArray Of(NumpyArray x)
    {
        var pixels = Pixels(x);
        if (x.Shape.Count == 3) return new(pixels, 1, x.Shape[1], x.Shape[2], null);
        if (x.Shape[1] is 1 or 3) return new(pixels, x.Shape[1], x.Shape[2], x.Shape[3], null);
        var (height, width, channels) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var planes = new byte[pixels.Length];
        var plane = height * width;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (place, channel) = Math.DivRem(i, channels);
            planes[(((place / plane * channels) + channel) * plane) + (place % plane)] = pixels[i];
        }

        return new(planes, channels, height, width, null);
    }

    /// <summary>Classes as bytes.</summary>
    /// <exception cref="InputException">They are no whole numbers from 0 to 255, one for each image.</exception>
    public static byte[] Labels(NumpyArray y)
    {
        if (y.Values.Length != y.Shape[0]) throw y.Error($"has the shape {y.ShapeText}, expected one class for each image, ({y.Shape[0]},)");
        return y.Values switch
        {
            byte[] bytes => bytes,
            long[] longs => Array.ConvertAll(longs, l => l is >= 0 and < MostClasses ? (byte)l : throw y.Error($"has class {l}, expected 0 to {MostClasses - 1}")),
            _ => throw y.Error("has numbers with a fraction, expected classes as whole numbers"),
        };
    }

    /// <summary>Bytes; where all are 0 or 1, off and on.</summary>
    internal static byte[] Stretched(byte[] bytes) =>
        bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1) < 0 ? Array.ConvertAll(bytes, b => (byte)(255 * b)) : bytes;

    private static byte[] Pixels(NumpyArray x) => x.Values switch
    {
        byte[] bytes => Stretched(bytes),
        long[] longs => Stretched(Array.ConvertAll(longs, l => l is >= 0 and <= 255 ? (byte)l : throw x.Error($"has a pixel of {l}, expected 0 to 255"))),
        _ => Array.ConvertAll((float[])x.Values, f => f is >= 0 and <= 1 ? (byte)MathF.Round(255 * f) : throw x.Error($"has a pixel of {f}, expected 0 to 1, or bytes from 0 to 255")),
    };
}
