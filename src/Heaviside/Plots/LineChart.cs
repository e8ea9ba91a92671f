using System.Globalization;
using System.Security;
using System.Text;
using Heaviside.Files;

namespace Heaviside.Plots;

/// <summary>A line chart as SVG: a loss over steps, a bound over epochs.</summary>
/// <remarks>Points that are not finite, and with <see cref="LogY"/> those that are not positive, are gaps in their line;
/// a point between two gaps is a dot.</remarks>
public sealed class LineChart
{
    // Distinct in hue and in lightness, also for color-blind readers (after Okabe and Ito).
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#b1508f", "#c98a00", "#3fa4dc", "#333333"];
    private static readonly string[] Dashes = ["", "7 4", "2 3"];
    private const double Left = 84, Right = 38, Bottom = 62, CharacterWidth = 7.2, SmallPrintWidth = 6.2, LegendRow = 22;

    /// <summary>The headline; none by default.</summary>
    public string Title { get; init; } = "";

    /// <summary>The small print below the headline: the data, the seed, what the number is; none by default.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What the horizontal axis shows, with its unit; none by default.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>What the vertical axis shows, with its unit; none by default.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Whether the vertical axis is logarithmic; default false.</summary>
    public bool LogY { get; init; }

    /// <summary>Width in pixels; 200 or more, default 800.</summary>
    public int Width { get; init => field = AtLeast(200, value, nameof(Width)); } = 800;

    /// <summary>Height in pixels; 200 or more, default 480.</summary>
    public int Height { get; init => field = AtLeast(200, value, nameof(Height)); } = 480;

    /// <summary>The lines, in the order of the legend; none by default.</summary>
    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    /// <summary>Writes the chart to a file, all or nothing.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, ToSvg());

    /// <summary>The chart as an SVG document.</summary>
    public string ToSvg()
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height}" viewBox="0 0 {Width} {Height}" """)
            .Append("font-family=\"'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif\" font-size=\"13\">\n")
            .Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        double y = 14;
        if (Title != "") Text(svg, Left, y += 18, Title, "font-size=\"18\" font-weight=\"600\" fill=\"#1f2328\"");
        foreach (var line in Wrap(Subtitle, (Width - Left - Right) / SmallPrintWidth)) Text(svg, Left, y += 17, line, "font-size=\"12\" fill=\"#6a737d\"");
        var top = Legend(svg, y + 10) + 10;
        var bottom = Height - Bottom;

        var xAxis = ChartAxis.Fit(Visible().Select(p => p.X), isLog: false, margin: 0, tickCount: Math.Max(2, Width / 110));
        var yAxis = ChartAxis.Fit(Visible().Select(p => p.Y), LogY, margin: 0.05, tickCount: Math.Max(2, (int)(bottom - top) / 55));
        double X(double value) => Left + xAxis.Place(value) * (Width - Right - Left);
        double Y(double value) => bottom - yAxis.Place(value) * (bottom - top);

        foreach (var (tick, label) in yAxis.Ticks.Zip(yAxis.Labels))
        {
            Line(svg, Left, Y(tick), Width - Right, Y(tick), "#e4e7eb");
            Text(svg, Left - 9, Y(tick) + 4.5, label, "text-anchor=\"end\" fill=\"#444c56\"");
        }
        foreach (var (tick, label) in xAxis.Ticks.Zip(xAxis.Labels))
        {
            Line(svg, X(tick), bottom, X(tick), bottom + 5, "#8b949e");
            Text(svg, X(tick), bottom + 20, label, "text-anchor=\"middle\" fill=\"#444c56\"");
        }
        Line(svg, Left, bottom, Width - Right, bottom, "#8b949e");
        var middle = (top + bottom) / 2;
        Text(svg, (Left + Width - Right) / 2, Height - 16, XLabel, "text-anchor=\"middle\" fill=\"#1f2328\"");
        Text(svg, 20, middle, YLabel, $"text-anchor=\"middle\" fill=\"#1f2328\" transform=\"rotate(-90 20 {Number(middle)})\"");
        foreach (var series in Series.OrderByDescending(s => s.IsFaint)) Curve(svg, series, X, Y); // the faint ones below
        if (!Visible().Any()) Text(svg, (Left + Width - Right) / 2, middle, "no data", "text-anchor=\"middle\" fill=\"#8b949e\"");
        return svg.Append("</svg>\n").ToString();
    }

    private IEnumerable<(double X, double Y)> Visible() =>
        from series in Series from point in series.X.Zip(series.Y) where IsVisible(point.First, point.Second) select point;

    private bool IsVisible(double x, double y) => ChartAxis.CanShow(x, isLog: false) && ChartAxis.CanShow(y, LogY);

    /// <summary>Draws the names in rows from <paramref name="top"/> on; returns where the rows end. One nameless series needs none.</summary>
    private double Legend(StringBuilder svg, double top)
    {
        if (Series.All(series => series.Name == "")) return top;
        double x = Left, y = top + LegendRow / 2;
        foreach (var series in Series.Where(s => !s.IsFaint))
        {
            var width = 50 + series.Name.Length * CharacterWidth;
            if (x > Left && x + width > Width) (x, y) = (Left, y + LegendRow);
            svg.Append($"<path d=\"M{Number(x)} {Number(y)}h24\" {Stroke(series)}/>\n");
            Text(svg, x + 31, y + 4.5, series.Name, "fill=\"#1f2328\"");
            x += width;
        }
        return y + LegendRow / 2;
    }

    private void Curve(StringBuilder svg, ChartSeries series, Func<double, double> toX, Func<double, double> toY)
    {
        var path = new StringBuilder();
        var dots = new StringBuilder();
        for (var i = 0; i < series.X.Count; i++)
        {
            if (!Shown(i)) continue;
            string x = Number(toX(series.X[i])), y = Number(toY(series.Y[i]));
            if (Shown(i - 1) || Shown(i + 1)) path.Append(Shown(i - 1) ? 'L' : 'M').Append(x).Append(' ').Append(y);
            else dots.Append($"<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"{Colors[Index(series) % Colors.Length]}\"/>\n");
        }
        if (path.Length > 0) svg.Append($"<path d=\"{path}\" {Stroke(series)}/>\n");
        svg.Append(dots);

        bool Shown(int i) => i >= 0 && i < series.X.Count && IsVisible(series.X[i], series.Y[i]);
    }

    /// <summary>Breaks a text between words into lines of a width in characters; a longer word stands alone.</summary>
    private static IEnumerable<string> Wrap(string text, double width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line != "" && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line == "" ? word : $"{line} {word}";
            }
        }
        if (line != "") yield return line;
    }

    // The place of its name among the names.
    private int Index(ChartSeries series) => Series.Select(s => s.Name).Distinct().ToList().IndexOf(series.Name);

    private string Stroke(ChartSeries series)
    {
        var index = Index(series);
        var dash = Dashes[index / Colors.Length % Dashes.Length];
        var weight = series.IsFaint ? "stroke-width=\"1\" stroke-opacity=\"0.35\"" : "stroke-width=\"2\"";
        return $"fill=\"none\" stroke=\"{Colors[index % Colors.Length]}\" {weight} stroke-linejoin=\"round\"" + (dash == "" ? "" : $" stroke-dasharray=\"{dash}\"");
    }

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string color) =>
        svg.Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" stroke=\"{color}\"/>\n");

    private static void Text(StringBuilder svg, double x, double y, string text, string style)
    {
        if (text == "") return;
        var legal = string.Concat(text.Select(c => c < ' ' || char.IsSurrogate(c) || c > '\uFFFD' ? ' ' : c));
        svg.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" {style}>{SecurityElement.Escape(legal)}</text>\n");
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"expected {least} or more");
}
