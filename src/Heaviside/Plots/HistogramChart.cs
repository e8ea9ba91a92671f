using static Heaviside.Plots.SvgPage;

namespace Heaviside.Plots;

/// <summary>Histograms as SVG, one below the other over one horizontal axis, each as high as its highest bar.</summary>
public sealed class HistogramChart : Chart
{
    private const double Heading = 34;

    /// <summary>The histograms, from above; none by default.</summary>
    public IReadOnlyList<ChartHistogram> Histograms { get; init; } = [];

    private protected override void Draw(SvgPage svg, double top)
    {
        var bottom = Height - Bottom;
        var xAxis = ChartAxis.Fit(Histograms.SelectMany(h => h.Edges), isLog: false, margin: 0, tickCount: Math.Max(2, Width / 110));
        var each = (bottom - top) / Math.Max(1, Histograms.Count);
        for (var i = 0; i < Histograms.Count; i++) Bars(svg, Histograms[i], xAxis, top + (i * each), top + ((i + 1) * each), Colors[i % Colors.Length]);
        HorizontalAxis(svg, xAxis, bottom);
        AxisLabels(svg, top, bottom);
        if (Histograms.Count == 0) NoData(svg, top, bottom);
    }

    private void Bars(SvgPage svg, ChartHistogram histogram, ChartAxis xAxis, double top, double bottom, string color)
    {
        svg.Text(Left, top + Heading - 9, histogram.Name, $"fill=\"{Ink}\"");
        var highest = histogram.Heights.DefaultIfEmpty(0).Max();
        var yAxis = ChartAxis.Fit([0, highest > 0 ? highest : 1], isLog: false, margin: 0, tickCount: Math.Max(2, (int)(bottom - top) / 55));
        VerticalAxis(svg, yAxis, top + Heading, bottom);
        for (var i = 0; i < histogram.Heights.Count; i++)
        {
            if (histogram.Heights[i] == 0) continue;
            double left = X(xAxis, histogram.Edges[i]), right = X(xAxis, histogram.Edges[i + 1]), height = yAxis.Place(histogram.Heights[i]) * (bottom - top - Heading);
            svg.Add($"<rect x=\"{Number(left)}\" y=\"{Number(bottom - height)}\" width=\"{Number(right - left)}\" height=\"{Number(height)}\" fill=\"{color}\"/>\n");
        }
        svg.Line(Left, bottom, Width - Right, bottom, AxisInk);
    }
}
