using System.Globalization;
using System.Security;
using System.Text;

namespace Heaviside.Plots;

/// <summary>An SVG document that is being drawn.</summary>
internal sealed class SvgPage
{
    private readonly StringBuilder svg = new();

    /// <summary>A white page.</summary>
    public SvgPage(int width, int height) => svg
        .Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" """)
        .Append("font-family=\"'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif\" font-size=\"13\">\n")
        .Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");

    /// <summary>A number as attributes have it: two decimals, a point.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Adds elements as they are.</summary>
    public void Add(string elements) => svg.Append(elements);

    /// <summary>Adds a straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string color) =>
        svg.Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" stroke=\"{color}\"/>\n");

    /// <summary>Adds a text, escaped; none if it is empty.</summary>
    public void Text(double x, double y, string text, string style)
    {
        if (text == "") return;
        var legal = string.Concat(text.Select(c => c < ' ' || char.IsSurrogate(c) || c > '\uFFFD' ? ' ' : c));
        svg.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" {style}>{SecurityElement.Escape(legal)}</text>\n");
    }

    /// <summary>The document.</summary>
    public override string ToString() => svg + "</svg>\n";
}
