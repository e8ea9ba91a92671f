namespace Heaviside.Pictures;

/// <summary>Arranges equally sized images in rows, or rows of several sets one below the other, with what they are called.</summary>
/// <example><code>ImageFile.Write("samples.png", new ImageGrid { Columns = 8, Caption = "Samples" }.Arrange(pixels, 64, 1, 28, 28));</code></example>
public sealed class ImageGrid
{
    private const int LongestSide = 96;
    private const float TextSize = 13;
    private const int LineHeight = 18;
    private const int LeastWidthOfCaption = 320;

    /// <summary>Images in a row; 1 or more, default 10.</summary>
    public int Columns { get; init => field = AtLeast(1, value, nameof(Columns)); } = 10;

    /// <summary>Pixels of background around each image, not zoomed; 0 or more, default 4.</summary>
    public int Padding { get; init => field = AtLeast(0, value, nameof(Padding)); } = 4;

    /// <summary>Pixels of background between bands of rows that belong together, not zoomed; 0 or more, default 16.</summary>
    public int Separator { get; init => field = AtLeast(0, value, nameof(Separator)); } = 16;

    /// <summary>Each pixel becomes a square with sides of this many; 1 or more. Null, the default: as many as leave the longer side of an
    /// image at 96 or less, so 3 for 28 x 28.</summary>
    public int? Zoom { get; init => field = value is { } zoom ? AtLeast(1, zoom, nameof(Zoom)) : null; }

    /// <summary>The gray between the images; default 232, light enough to end dark images and dark enough to end white ones.</summary>
    public byte Background { get; init; } = 232;

    /// <summary>What is written to the left of the rows, from above; begins again where there are more rows. None by default.</summary>
    public IReadOnlyList<string> RowLabels { get; init; } = [];

    /// <summary>What is written above the columns, from the left; empty texts and the columns beyond have none. None by default.</summary>
    public IReadOnlyList<string> ColumnLabels { get; init; } = [];

    /// <summary>What is written below the images, broken into lines: what they are, and of what. None by default.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Arranges images row by row, the last row as long as it gets.</summary>
    /// <param name="images">Values <c>[count, channels, height, width]</c>, from 0 (black) to 1; outside of that they are clipped, and NaN is black.</param>
    /// <param name="count">The number of images, 1 or more.</param>
    /// <param name="channels">1 (gray) or 3 (RGB).</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    public RasterImage Arrange(ReadOnlySpan<float> images, int count, int channels, int height, int width)
    {
        CheckLength(images.Length, count, channels, height, width, nameof(images));
        var layout = Layout(count, rowsOfBand: 1, separator: 0, height, width);
        var canvas = layout.Canvas(channels);
        var size = channels * height * width;
        for (var i = 0; i < count; i++) layout.Draw(canvas, images.Slice(i * size, size), i / layout.Columns, i % layout.Columns);
        return canvas;
    }

    /// <summary>Arranges sets of images in bands: a row of the first set, right below it the row of the second and so on, then some space.</summary>
    /// <param name="sets">The sets, each with values in [0, 1], <c>[count, channels, height, width]</c>: originals, then their reconstructions.</param>
    /// <param name="count">The number of images in each set, 1 or more.</param>
    /// <param name="channels">1 (gray) or 3 (RGB).</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    public RasterImage ArrangeBands(IReadOnlyList<float[]> sets, int count, int channels, int height, int width)
    {
        if (sets.Count == 0) throw new ArgumentException("expected one set of images at least, got none", nameof(sets));
        foreach (var set in sets) CheckLength(set.Length, count, channels, height, width, nameof(sets));
        var layout = Layout(count, sets.Count, Separator, height, width);
        var canvas = layout.Canvas(channels);
        var size = channels * height * width;
        for (var i = 0; i < count; i++)
            for (var set = 0; set < sets.Count; set++)
                layout.Draw(canvas, sets[set].AsSpan(i * size, size), (i / layout.Columns * sets.Count) + set, i % layout.Columns);
        return canvas;
    }

    private GridLayout Layout(int count, int rowsOfBand, int separator, int height, int width)
    {
        var columns = Math.Min(Columns, count);
        return new(this, columns, (count + columns - 1) / columns * rowsOfBand, rowsOfBand, separator, Zoom ?? Math.Max(1, LongestSide / Math.Max(height, width)), height, width);
    }

    private static void CheckLength(int length, int count, int channels, int height, int width, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var expected = (long)count * channels * height * width;
        if (length != expected) throw new ArgumentException($"expected [{count}, {channels}, {height}, {width}] = {expected} values, got {length}", name);
    }

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"expected {least} or more");

    /// <summary>Where everything is in the picture of a grid.</summary>
    private sealed class GridLayout(ImageGrid grid, int columns, int rows, int rowsOfBand, int separator, int zoom, int height, int width)
    {
        private readonly int left = grid.RowLabels.Count == 0 ? 0 : (int)Math.Ceiling(grid.RowLabels.Max(label => PictureFont.Width(label, TextSize))) + 8;
        private readonly int top = grid.ColumnLabels.Count == 0 ? 0 : LineHeight;

        public int Columns => columns;

        /// <summary>The picture without its images.</summary>
        public RasterImage Canvas(int channels)
        {
            int pictureWidth = Math.Max(left + grid.Padding + (columns * Step(width)), grid.Caption == "" ? 0 : LeastWidthOfCaption), below = Top(rows - 1) + Step(height);
            var caption = PictureFont.Wrap(grid.Caption, TextSize, pictureWidth - 16);
            var canvas = new RasterImage(pictureWidth, below + (caption.Count == 0 ? 0 : (caption.Count * LineHeight) + 8), channels);
            canvas.Pixels.AsSpan().Fill(grid.Background);
            for (var i = 0; i < caption.Count; i++) PictureFont.Draw(canvas, caption[i], TextSize, 8, below + (i * LineHeight) + 16);
            for (var row = 0; row < rows && grid.RowLabels.Count > 0; row++)
            {
                var label = grid.RowLabels[row % grid.RowLabels.Count];
                PictureFont.Draw(canvas, label, TextSize, left - PictureFont.Width(label, TextSize), Top(row) + (height * zoom / 2) + 5);
            }

            for (var column = 0; column < Math.Min(columns, grid.ColumnLabels.Count); column++)
                PictureFont.Draw(canvas, grid.ColumnLabels[column], TextSize, Left(column) + Math.Max(0, ((width * zoom) - PictureFont.Width(grid.ColumnLabels[column], TextSize)) / 2), top - 3);
            return canvas;
        }

        /// <summary>Draws one image, <c>[channels, height, width]</c>, at its place.</summary>
        public void Draw(RasterImage canvas, ReadOnlySpan<float> image, int row, int column)
        {
            for (var y = 0; y < height * zoom; y++)
                for (var x = 0; x < width * zoom; x++)
                {
                    var pixel = canvas[Top(row) + y, Left(column) + x];
                    for (var c = 0; c < pixel.Length; c++) pixel[c] = ToByte(image[(((c * height) + (y / zoom)) * width) + (x / zoom)]);
                }
        }

        private int Top(int row) => top + grid.Padding + (row * Step(height)) + (row / rowsOfBand * separator);

        private int Left(int column) => left + grid.Padding + (column * Step(width));

        private int Step(int pixels) => (pixels * zoom) + grid.Padding;

        private static byte ToByte(float value) => value > 0 ? (byte)((Math.Min(value, 1) * 255) + 0.5f) : (byte)0;
    }
}
