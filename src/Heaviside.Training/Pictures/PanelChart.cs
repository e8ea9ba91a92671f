using ScottPlot;

namespace Heaviside.Pictures;

/// <summary>Small drawings side by side, such as paths and graphs: lines and dots without axes, each drawing fitted into its square.</summary>
/// <example><code>new PanelChart { Title = "A square", Panels = [new("one", [new([0, 1, 1, 0, 0], [0, 0, 1, 1, 0])])] }.Write("square.svg");</code></example>
public sealed class PanelChart : Chart
{
    /// <summary>The drawings, row by row; none by default.</summary>
    public IReadOnlyList<Panel> Panels { get; init; } = [];

    /// <summary>How many are in a row; 1 or more, default 4.</summary>
    public int Columns { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Columns), value, "must be 1 or more"); } = 4;

    /// <inheritdoc/>
    protected override IEnumerable<(Plot Plot, PixelRect Place)> Compose(PixelRect area)
    {
        if (Panels.Count == 0) return [(ChartStyle.NewEmptyPlot("", ""), area)];
        const float Space = 14; // between the small print and the first names
        var rows = (Panels.Count + Columns - 1) / Columns;
        var (width, height) = (area.Width / Columns, (area.Height - Space) / rows);
        return Panels.Select((panel, i) =>
        {
            var (left, top) = (area.Left + (i % Columns * width), area.Top + Space + (i / Columns * height));
            return (Draw(panel), new PixelRect(left, left + width, top + height, top));
        });
    }

    private static Plot Draw(Panel panel)
    {
        const double Room = 0.08;
        var plot = ChartStyle.NewPlot("", "");
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.FrameLineStyle.Width = 0;
            axis.SetTicks([], []);
        }

        plot.Axes.Right.MinimumSize = 0;
        plot.Axes.Top.MinimumSize = 28;
        plot.HideGrid();
        ChartStyle.AddName(plot, panel.Name);
        foreach (var line in panel.Lines)
        {
            var drawn = plot.Add.Scatter(line.X.ToArray(), line.Y.ToArray(), line.Color is { } color ? ChartStyle.ColorOf(color) : ChartStyle.PaleInk);
            (drawn.LineWidth, drawn.LinePattern, drawn.MarkerSize) = (line.IsDot ? 0 : line.Width, Pattern(line.Stroke), line.IsDot ? 9 : 0);
            drawn.MarkerShape = MarkerShape.FilledCircle;
        }

        var (x, y) = (panel.Lines.SelectMany(l => l.X).Where(double.IsFinite).DefaultIfEmpty(), panel.Lines.SelectMany(l => l.Y).Where(double.IsFinite).DefaultIfEmpty());
        double Pad(IEnumerable<double> all) => Math.Max(1e-6, Room * (all.Max() - all.Min()));
        plot.Axes.SetLimits(x.Min() - Pad(x), x.Max() + Pad(x), y.Min() - Pad(y), y.Max() + Pad(y));
        return plot;
    }

    private static LinePattern Pattern(PanelStroke stroke) => stroke switch
    {
        PanelStroke.Dashed => LinePattern.Dashed,
        PanelStroke.Dotted => LinePattern.Dotted,
        _ => LinePattern.Solid,
    };
}
