using ScottPlot;

namespace Heaviside.Pictures;

/// <summary>A chart of lines: a loss over steps, a bound over epochs, with bands of their standard errors.</summary>
/// <remarks>Points that are not finite, and on a logarithmic axis those that are not positive, are gaps in their line. Points have markers
/// where their series has few of them; a point between two gaps has one always.</remarks>
/// <example><code>new LineChart { Title = "Training", XLabel = "step", YLabel = "nats", Series = [new("bound", steps, bounds)] }.Write("curves.svg");</code></example>
public sealed class LineChart : Chart
{
    private const int MostMarkers = 40;
    private const float MarkerSize = 6;

    /// <summary>Whether the horizontal axis is logarithmic; default false.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; default false.</summary>
    public bool LogY { get; init; }

    /// <summary>The lines, in the order of the legend; none by default.</summary>
    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    /// <inheritdoc/>
    protected override IEnumerable<(Plot Plot, PixelRect Place)> Compose(PixelRect area)
    {
        var visible = Series.SelectMany(s => Enumerable.Range(0, s.X.Count).Where(i => IsVisible(s, i)).Select(i => (Series: s, Point: i))).ToList();
        var x = ChartAxis.Fit(visible.Select(p => p.Series.X[p.Point]), LogX, margin: 0.02);
        var y = ChartAxis.Fit(visible.SelectMany(p => new[] { p.Series.Y[p.Point], p.Series.Y[p.Point] - Error(p.Series, p.Point), p.Series.Y[p.Point] + Error(p.Series, p.Point) }), LogY, margin: 0.05);
        var plot = visible.Count == 0 ? ChartStyle.NewEmptyPlot(XLabel, YLabel) : ChartStyle.NewPlot(XLabel, YLabel);
        foreach (var series in Series.OrderByDescending(s => s.IsFaint)) Add(plot, series, x, y); // the faint ones below
        x.ApplyTo(plot.Axes.Bottom, Math.Max(2, Width / 110));
        y.ApplyTo(plot.Axes.Left, Math.Max(2, (int)(area.Height - 100) / 55));
        var named = Series.Where(s => !s.IsFaint && s.Name != "").DistinctBy(s => s.Name).ToList();
        if (named.Count > 0) ChartStyle.AddLegend(plot, named.Select(Legend));
        return [(plot, area)];
    }

    private bool IsVisible(ChartSeries series, int i) =>
        i >= 0 && i < series.X.Count && ChartAxis.CanShow(series.X[i], LogX) && ChartAxis.CanShow(series.Y[i], LogY);

    private static double Error(ChartSeries series, int i) => series.StandardErrors?[i] ?? double.NaN;

    private void Add(Plot plot, ChartSeries series, ChartAxis x, ChartAxis y)
    {
        var index = Index(series);
        var color = ChartStyle.ColorOf(index).WithAlpha(series.IsFaint ? 0.35 : 1);
        for (var from = 0; from < series.X.Count; from++)
        {
            if (!IsVisible(series, from)) continue;
            var to = from + 1;
            while (IsVisible(series, to)) to++;
            Band(plot, series, from, to, x, y, ChartStyle.ColorOf(index));
            var line = plot.Add.Scatter(series.X.Take(from..to).Select(x.Place).ToArray(), series.Y.Take(from..to).Select(y.Place).ToArray(), color);
            (line.LineWidth, line.LinePattern) = (series.IsFaint ? 1 : 2, ChartStyle.PatternOf(index));
            var hasMarkers = to - from == 1 || (!series.IsFaint && series.X.Count <= MostMarkers);
            (line.MarkerShape, line.MarkerSize) = (ChartStyle.MarkerOf(index), hasMarkers ? MarkerSize : 0);
            from = to;
        }
    }

    /// <summary>One standard error to both sides, where it is known; not below what a logarithmic axis shows.</summary>
    private static void Band(Plot plot, ChartSeries series, int from, int to, ChartAxis x, ChartAxis y, Color color)
    {
        for (; from < to; from++)
        {
            var begin = from;
            while (from < to && Error(series, from) >= 0 && series.Y[from] + Error(series, from) is var high && double.IsFinite(y.Place(high))) from++;
            if (from - begin < 2) continue;
            var points = Enumerable.Range(begin, from - begin).ToArray();
            double Lower(int i) => y.Place(series.Y[i] - Error(series, i)) is var low && low >= y.Low ? low : y.Low;
            var band = plot.Add.FillY([.. points.Select(i => x.Place(series.X[i]))], [.. points.Select(Lower)], [.. points.Select(i => y.Place(series.Y[i] + Error(series, i)))]);
            (band.FillColor, band.LineWidth, band.MarkerSize) = (color.WithAlpha(0.2), 0, 0);
        }
    }

    private LegendItem Legend(ChartSeries series)
    {
        var index = Index(series);
        var color = ChartStyle.ColorOf(index);
        return new()
        {
            LabelText = PictureFont.Clean(series.Name),
            LineColor = color,
            LineWidth = 2,
            LinePattern = ChartStyle.PatternOf(index),
            MarkerShape = ChartStyle.MarkerOf(index),
            MarkerSize = series.X.Count <= MostMarkers ? MarkerSize : 0,
            MarkerFillColor = color,
        };
    }

    // The place of its name among the names.
    private int Index(ChartSeries series) => Series.Select(s => s.Name).Distinct().ToList().IndexOf(series.Name);
}
