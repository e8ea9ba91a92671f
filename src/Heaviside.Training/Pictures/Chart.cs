using System.Text;
using System.Text.RegularExpressions;
using Heaviside.Files;
using ScottPlot;
using SkiaSharp;

namespace Heaviside.Pictures;

/// <summary>A chart: a headline, small print, and below them plots by ScottPlot. It is written as SVG or PNG; the same chart gives the same bytes.</summary>
/// <remarks>All text is in DejaVu Sans. PNG needs no font of the machine; in SVG whoever shows the file uses that font, or Verdana, or another
/// without serifs, at the places that fit DejaVu Sans.</remarks>
public abstract class Chart
{
    private const float Margin = 16, TitleSize = 18, SmallSize = 12;

    /// <summary>The headline; none by default.</summary>
    public string Title { get; init; } = "";

    /// <summary>The small print below the headline: the data, the seed, what the number is; none by default.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What the horizontal axis shows, with its unit; none by default.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>What the vertical axis shows, with its unit; none by default.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Width in pixels; 200 or more, default 800.</summary>
    public int Width { get; init => field = AtLeast(200, value, nameof(Width)); } = 800;

    /// <summary>Height in pixels; 200 or more, default 520.</summary>
    public int Height { get; init => field = AtLeast(200, value, nameof(Height)); } = 520;

    /// <summary>Writes the chart to a file, all or nothing: SVG where the name ends in <c>.svg</c>, else PNG.</summary>
    /// <exception cref="IOException">The folder is missing, or the disk is full or fails.</exception>
    public void Write(string path) =>
        AtomicFile.WriteBytes(path, Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetBytes(ToSvg()) : ToPng());

    /// <summary>The chart as an SVG document.</summary>
    public string ToSvg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream)) Draw(canvas);
        return Tidy(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>The chart as a PNG file.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgb888x, SKAlphaType.Opaque));
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The plots that make the chart, new at every call, and where they are. <see cref="ChartStyle.NewPlot"/> makes one that looks like
    /// those of the other charts.</summary>
    /// <param name="area">What is left of the chart below the headline and the small print, in pixels.</param>
    protected abstract IEnumerable<(Plot Plot, PixelRect Place)> Compose(PixelRect area);

    private void Draw(SKCanvas canvas)
    {
        PictureFont.Register();
        var small = PictureFont.Wrap(Subtitle, SmallSize, Width - (2 * Margin));
        var y = Margin;
        canvas.Clear(SKColors.White);
        if (Title != "") Text(canvas, Title, TitleSize, y += TitleSize, ChartStyle.Ink);
        if (Title != "") y += 5;
        foreach (var line in small) Text(canvas, line, SmallSize, y += SmallSize + 5, ChartStyle.PaleInk);
        using var nowhere = new SKNoDrawCanvas(Width, Height);
        foreach (var (plot, place) in Compose(new(8, Width, Height - 4, y + 4)))
        {
            plot.RenderManager.ClearCanvasBeforeEachRender = false; // of what the others have drawn
            plot.Render(nowhere, place); // the first time ScottPlot draws everything twice, once to learn the sizes
            plot.Render(canvas, place);
            plot.Dispose();
        }
    }

    // Skia puts every text on a line of its own, ends lists with a comma, names one font alone, and numbers clip paths from wherever the process is.
    private static string Tidy(string svg)
    {
        svg = Regex.Replace(svg, @">\s*([^<>]*?)\s*</text>", ">$1</text>");
        svg = Regex.Replace(svg, @"( [xy]=""[-0-9.,e ]*), """, "$1\"");
        svg = svg.Replace($"font-family=\"{PictureFont.Family}\"", $"font-family=\"{PictureFont.Family}, Verdana, sans-serif\"", StringComparison.Ordinal);
        var numbers = new Dictionary<string, string>();
        return Regex.Replace(svg, @"(?<=id=""|url\(#|href=""#)(cl|img|sh|gr)_[0-9a-f]+", id =>
        {
            numbers.TryAdd(id.Value, $"{id.Groups[1].Value}-{numbers.Count + 1}");
            return numbers[id.Value];
        });
    }

    private static void Text(SKCanvas canvas, string text, float size, float baseline, Color color)
    {
        using var font = PictureFont.Of(size);
        using var paint = new SKPaint { Color = color.ToSKColor(), IsAntialias = true };
        canvas.DrawText(PictureFont.Clean(text), Margin, baseline, font, paint);
    }

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"expected {least} or more");
}
