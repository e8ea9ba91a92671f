namespace Heaviside.Plots;

/// <summary>Arranges equally sized images in rows, or as originals with their reconstructions below them.</summary>
/// <example><code>PngWriter.Write("samples.png", new ImageGrid { Columns = 8 }.Arrange(pixels, 64, 1, 28, 28));</code></example>
public sealed class ImageGrid
{
    /// <summary>Images in a row; 1 or more, default 10.</summary>
    public int Columns { get; init => field = AtLeast(1, value, nameof(Columns)); } = 10;

    /// <summary>Pixels of background around each image, not zoomed; 0 or more, default 4.</summary>
    public int Padding { get; init => field = AtLeast(0, value, nameof(Padding)); } = 4;

    /// <summary>Pixels of background between a row of reconstructions and the next originals, not zoomed; 0 or more, default 16.</summary>
    public int Separator { get; init => field = AtLeast(0, value, nameof(Separator)); } = 16;

    /// <summary>Each pixel becomes a square with sides of this many; 1 or more, default 2.</summary>
    public int Zoom { get; init => field = AtLeast(1, value, nameof(Zoom)); } = 2;

    /// <summary>The gray between the images; default 232, light enough to end dark images and dark enough to end white ones.</summary>
    public byte Background { get; init; } = 232;

    /// <summary>Arranges images row by row, the last row as long as it gets.</summary>
    /// <param name="images">Values <c>[count, channels, height, width]</c>, from 0 (black) to 1; outside of that they are clipped, and NaN is black.</param>
    /// <param name="count">The number of images, 1 or more.</param>
    /// <param name="channels">1 (gray) or 3 (RGB).</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    public RasterImage Arrange(ReadOnlySpan<float> images, int count, int channels, int height, int width)
    {
        CheckLength(images, count, channels, height, width, nameof(images));
        var columns = Math.Min(Columns, count);
        var rows = (count + columns - 1) / columns;
        var canvas = Canvas(columns, rows, separators: 0, channels, height, width);
        var size = channels * height * width;
        for (var i = 0; i < count; i++)
            Draw(canvas, images.Slice(i * size, size), height, width, Padding + i / columns * Step(height), i % columns);
        return canvas;
    }

    /// <summary>Arranges pairs: a row of originals, right below it the row of their reconstructions, then some space.</summary>
    /// <param name="originals">Values in [0, 1], <c>[count, channels, height, width]</c>.</param>
    /// <param name="reconstructions">Values in [0, 1], <c>[count, channels, height, width]</c>.</param>
    /// <param name="count">The number of pairs, 1 or more.</param>
    /// <param name="channels">1 (gray) or 3 (RGB).</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    public RasterImage ArrangePairs(
        ReadOnlySpan<float> originals, ReadOnlySpan<float> reconstructions, int count, int channels, int height, int width)
    {
        CheckLength(originals, count, channels, height, width, nameof(originals));
        CheckLength(reconstructions, count, channels, height, width, nameof(reconstructions));
        var columns = Math.Min(Columns, count);
        var bands = (count + columns - 1) / columns;
        var canvas = Canvas(columns, 2 * bands, bands - 1, channels, height, width);
        var size = channels * height * width;
        for (var i = 0; i < count; i++)
        {
            var top = Padding + i / columns * (2 * Step(height) + Separator);
            Draw(canvas, originals.Slice(i * size, size), height, width, top, i % columns);
            Draw(canvas, reconstructions.Slice(i * size, size), height, width, top + Step(height), i % columns);
        }
        return canvas;
    }

    private int Step(int pixels) => pixels * Zoom + Padding;

    private RasterImage Canvas(int columns, int rows, int separators, int channels, int height, int width)
    {
        var canvas = new RasterImage(Padding + columns * Step(width), Padding + rows * Step(height) + separators * Separator, channels);
        canvas.Pixels.AsSpan().Fill(Background);
        return canvas;
    }

    /// <summary>Draws one image, <c>[channels, height, width]</c>, with its upper edge at <paramref name="top"/>.</summary>
    private void Draw(RasterImage canvas, ReadOnlySpan<float> image, int height, int width, int top, int column)
    {
        var left = Padding + column * Step(width);
        for (var y = 0; y < height * Zoom; y++)
            for (var x = 0; x < width * Zoom; x++)
            {
                var pixel = canvas[top + y, left + x];
                for (var c = 0; c < pixel.Length; c++) pixel[c] = ToByte(image[(c * height + y / Zoom) * width + x / Zoom]);
            }
    }

    private static byte ToByte(float value) => value > 0 ? (byte)(Math.Min(value, 1) * 255 + 0.5f) : (byte)0;

    private static void CheckLength(ReadOnlySpan<float> images, int count, int channels, int height, int width, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var expected = (long)count * channels * height * width;
        if (images.Length != expected)
            throw new ArgumentException($"expected [{count}, {channels}, {height}, {width}] = {expected} values, got {images.Length}", name);
    }

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"expected {least} or more");
}
