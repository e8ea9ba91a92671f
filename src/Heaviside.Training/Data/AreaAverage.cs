using Heaviside.Pictures;

namespace Heaviside.Data;

/// <summary>Reduces the central square of an image: a pixel of the result is the mean of the area that it covers.</summary>
internal static class AreaAverage
{
    /// <summary>Writes the red, the green and the blue plane, <c>[3, side, side]</c>; gray images have three equal ones.</summary>
    /// <param name="image">The image.</param>
    /// <param name="square">The side of the central square that is kept; not more than the image's sides.</param>
    /// <param name="side">The side of the result, not more than that of the square.</param>
    /// <param name="planes">Where to write.</param>
    public static void Write(RasterImage image, int square, int side, Span<byte> planes)
    {
        int left = (image.Width - square) / 2, top = (image.Height - square) / 2;
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
                for (var c = 0; c < 3; c++)
                    planes[(((c * side) + y) * side) + x] = Mean(image, Math.Min(c, image.Channels - 1), (left, Cover(x)), (top, Cover(y)));

        // In units of 1 / side of a pixel everything is a whole number.
        (int From, int To) Cover(int i) => (i * square, (i + 1) * square);

        byte Mean(RasterImage from, int channel, (int Begin, (int From, int To) Cover) x, (int Begin, (int From, int To) Cover) y)
        {
            long sum = 0;
            for (var row = y.Cover.From / side; row * side < y.Cover.To; row++)
                for (var column = x.Cover.From / side; column * side < x.Cover.To; column++)
                    sum += (long)Overlap(y.Cover, row) * Overlap(x.Cover, column) * from[y.Begin + row, x.Begin + column][channel];
            var area = (long)square * square;
            return (byte)((sum + (area / 2)) / area);
        }

        int Overlap((int From, int To) cover, int pixel) => Math.Min(cover.To, (pixel + 1) * side) - Math.Max(cover.From, pixel * side);
    }
}
