using System.Text;
using static Heaviside.Plots.SvgPage;

namespace Heaviside.Plots;

/// <summary>A line chart as SVG: a loss over steps, a bound over epochs.</summary>
/// <remarks>Points that are not finite, and on a logarithmic axis those that are not positive, are gaps in their line;
/// a point between two gaps is a dot.</remarks>
public sealed class LineChart : Chart
{
    private static readonly string[] Dashes = ["", "7 4", "2 3"];
    private const double CharacterWidth = 7.2, LegendRow = 22;

    /// <summary>Whether the horizontal axis is logarithmic; default false.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; default false.</summary>
    public bool LogY { get; init; }

    /// <summary>The lines, in the order of the legend; none by default.</summary>
    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    private protected override void Draw(SvgPage svg, double top)
    {
        top = Legend(svg, top) + 10;
        var bottom = Height - Bottom;
        var xAxis = ChartAxis.Fit(Visible().Select(p => p.X), LogX, margin: 0, tickCount: Math.Max(2, Width / 110));
        var yAxis = ChartAxis.Fit(Visible().Select(p => p.Y), LogY, margin: 0.05, tickCount: Math.Max(2, (int)(bottom - top) / 55));
        VerticalAxis(svg, yAxis, top, bottom);
        HorizontalAxis(svg, xAxis, bottom);
        AxisLabels(svg, top, bottom);
        foreach (var series in Series.OrderByDescending(s => s.IsFaint)) Curve(svg, series, x => X(xAxis, x), y => bottom - yAxis.Place(y) * (bottom - top)); // the faint ones below
        if (!Visible().Any()) NoData(svg, top, bottom);
    }

    private IEnumerable<(double X, double Y)> Visible() =>
        from series in Series from point in series.X.Zip(series.Y) where IsVisible(point.First, point.Second) select point;

    private bool IsVisible(double x, double y) => ChartAxis.CanShow(x, LogX) && ChartAxis.CanShow(y, LogY);

    /// <summary>Draws the names in rows from <paramref name="top"/> on; returns where the rows end. One nameless series needs none.</summary>
    private double Legend(SvgPage svg, double top)
    {
        if (Series.All(series => series.Name == "")) return top;
        double x = Left, y = top + LegendRow / 2;
        foreach (var series in Series.Where(s => !s.IsFaint))
        {
            var width = 50 + series.Name.Length * CharacterWidth;
            if (x > Left && x + width > Width) (x, y) = (Left, y + LegendRow);
            svg.Add($"<path d=\"M{Number(x)} {Number(y)}h24\" {Stroke(series)}/>\n");
            svg.Text(x + 31, y + 4.5, series.Name, $"fill=\"{Ink}\"");
            x += width;
        }
        return y + LegendRow / 2;
    }

    private void Curve(SvgPage svg, ChartSeries series, Func<double, double> toX, Func<double, double> toY)
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
        if (path.Length > 0) svg.Add($"<path d=\"{path}\" {Stroke(series)}/>\n");
        svg.Add(dots.ToString());

        bool Shown(int i) => i >= 0 && i < series.X.Count && IsVisible(series.X[i], series.Y[i]);
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
}
