using ScottPlot;

namespace Heaviside.Pictures;

/// <summary>A chart of histograms, one below the other over one horizontal axis, each as high as its highest bar.</summary>
public sealed class HistogramChart : Chart
{
    private const float AxisHeight = 52, Heading = 32, Gap = 8;

    /// <summary>The histograms, from above; none by default.</summary>
    public IReadOnlyList<ChartHistogram> Histograms { get; init; } = [];

    /// <inheritdoc/>
    protected override IEnumerable<(Plot Plot, PixelRect Place)> Compose(PixelRect area)
    {
        if (Histograms.Count == 0) yield return (ChartStyle.NewEmptyPlot(XLabel, YLabel), area);
        var x = ChartAxis.Fit(Histograms.SelectMany(h => h.Edges), isLog: false, margin: 0);
        var each = MathF.Floor((area.Height - AxisHeight + Gap) / Math.Max(1, Histograms.Count));
        foreach (var (i, histogram) in Histograms.Index())
        {
            var isLast = i == Histograms.Count - 1; // the last has the axis below it
            var top = area.Top + (i * each);
            yield return (Draw(histogram, x, ChartStyle.ColorOf(i), (int)each, isLast), new(area.Left, area.Right, top + each + (isLast ? AxisHeight - Gap : 0), top));
        }
    }

    private Plot Draw(ChartHistogram histogram, ChartAxis x, Color color, int height, bool isLast)
    {
        var plot = ChartStyle.NewPlot(isLast ? XLabel : "", YLabel);
        var highest = histogram.Heights.DefaultIfEmpty(0).Max();
        plot.Add.Bars(Enumerable.Range(0, histogram.Heights.Count).Where(i => histogram.Heights[i] > 0).Select(i => new Bar
        {
            Position = (histogram.Edges[i] + histogram.Edges[i + 1]) / 2,
            Size = histogram.Edges[i + 1] - histogram.Edges[i],
            Value = histogram.Heights[i],
            FillColor = color,
            LineColor = color,
            LineWidth = 0.5f, // which closes the gaps between bars
        }).ToList());
        x.ApplyTo(plot.Axes.Bottom, Math.Max(2, Width / 110));
        ChartAxis.Fit([0, highest > 0 ? highest : 1], isLog: false, margin: 0).ApplyTo(plot.Axes.Left, Math.Max(2, height / 55));
        ChartStyle.AddName(plot, histogram.Name);
        if (!isLast) plot.Axes.Bottom.TickLabelStyle.IsVisible = false;
        plot.Layout.Fixed(new PixelPadding(84, 24, isLast ? AxisHeight : Gap, Heading));
        return plot;
    }
}
