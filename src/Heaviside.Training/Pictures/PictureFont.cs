using ScottPlot;
using SkiaSharp;

namespace Heaviside.Pictures;

/// <summary>The font of all charts and pictures: DejaVu Sans, which the assembly carries, so that text looks alike everywhere and is there on
/// machines without fonts.</summary>
internal sealed class PictureFont : IFontResolver
{
    /// <summary>The name by which ScottPlot finds it, unlike that of any installed font.</summary>
    public const string Name = "Heaviside DejaVu Sans";

    /// <summary>The family by which others know it, as SVG files name it.</summary>
    public const string Family = "DejaVu Sans";

    private static readonly SKTypeface Typeface = Load();

    static PictureFont() => ScottPlot.Fonts.FontResolvers.Insert(0, new PictureFont());

    private PictureFont() { }

    /// <summary>Makes the font known to ScottPlot; without effect but for the first time.</summary>
    public static void Register() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(PictureFont).TypeHandle);

    /// <summary>The font in a size in pixels.</summary>
    public static SKFont Of(float size) => new(Typeface, size) { Edging = SKFontEdging.Antialias, Subpixel = true };

    /// <summary>Pixels that a text is wide.</summary>
    public static float Width(string text, float size)
    {
        using var font = Of(size);
        return font.MeasureText(Clean(text));
    }

    /// <summary>A text with spaces for what is no printable character.</summary>
    public static string Clean(string text) => string.Concat(text.Select(c => c < ' ' || char.IsSurrogate(c) || c > '\uFFFD' ? ' ' : c));

    /// <summary>Breaks a text between words into lines of a width in pixels; a longer word stands alone.</summary>
    public static IReadOnlyList<string> Wrap(string text, float size, float width)
    {
        using var font = Of(size);
        var lines = new List<string>();
        foreach (var word in Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && font.MeasureText($"{lines[^1]} {word}") <= width) lines[^1] += $" {word}";
            else lines.Add(word);
        }

        return lines;
    }

    /// <summary>Draws one line of text into an image, dark; what is outside of the image is cut off.</summary>
    /// <param name="image">The image.</param>
    /// <param name="text">The text.</param>
    /// <param name="size">Its size in pixels.</param>
    /// <param name="left">Where it begins.</param>
    /// <param name="baseline">The row on which letters stand.</param>
    public static void Draw(RasterImage image, string text, float size, float left, int baseline)
    {
        var top = baseline - (int)(1.2f * size);
        using var mask = new SKBitmap(new SKImageInfo(image.Width, (int)(1.6f * size), SKColorType.Gray8, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(mask))
        using (var font = Of(size))
        using (var white = new SKPaint { Color = SKColors.White, IsAntialias = true })
        {
            canvas.Clear(SKColors.Black);
            canvas.DrawText(Clean(text), left, baseline - top, font, white);
        }

        const int ink = 0x1f;
        var cover = mask.GetPixelSpan();
        for (var row = Math.Max(0, -top); row < mask.Height && top + row < image.Height; row++)
            for (var column = 0; column < image.Width; column++)
                foreach (ref var channel in image[top + row, column])
                    channel = (byte)(channel + ((ink - channel) * cover[(row * mask.RowBytes) + column] / 255));
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Name ? Load() : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Load() : null;

    private static SKTypeface Load()
    {
        using var stream = typeof(PictureFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
