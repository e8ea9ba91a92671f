using ScottPlot;

namespace Heaviside.Pictures;

/// <summary>What all charts look like: colors, markers, the font and the axes of a plot.</summary>
public static class ChartStyle
{
    private const float TextSize = 13;

    // Distinct in hue and in lightness, also for color-blind readers (after Okabe and Ito).
    private static readonly Color[] Colors = [.. new[] { "#0072b2", "#d55e00", "#009e73", "#b1508f", "#c98a00", "#3fa4dc", "#333333" }.Select(Color.FromHex)];
    private static readonly MarkerShape[] Markers = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];
    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];

    internal static Color Ink { get; } = Color.FromHex("#1f2328");

    internal static Color PaleInk { get; } = Color.FromHex("#57606a");

    /// <summary>A plot with the charts' font, grid and axes, without frame at the top and the right.</summary>
    /// <param name="xLabel">What the horizontal axis shows; empty for none.</param>
    /// <param name="yLabel">What the vertical axis shows; empty for none.</param>
    public static Plot NewPlot(string xLabel, string yLabel)
    {
        PictureFont.Register();
        var plot = new Plot();
        plot.Font.Set(PictureFont.Name);
        plot.Grid.MajorLineColor = Color.FromHex("#e4e7eb");
        plot.Axes.Right.FrameLineStyle.Width = plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.MinimumSize = 24;
        plot.Axes.Top.MinimumSize = 12;
        plot.Axes.Title.IsVisible = false;
        foreach (var (axis, label) in new (IAxis, string)[] { (plot.Axes.Bottom, xLabel), (plot.Axes.Left, yLabel) })
        {
            (axis.FrameLineStyle.Color, axis.MajorTickStyle.Color, axis.MinorTickStyle.Color) = (Color.FromHex("#8b949e"), Color.FromHex("#8b949e"), Color.FromHex("#c4cad1"));
            (axis.TickLabelStyle.FontSize, axis.TickLabelStyle.ForeColor) = (TextSize, PaleInk);
            (axis.Label.Text, axis.Label.FontSize, axis.Label.Bold, axis.Label.ForeColor) = (PictureFont.Clean(label), TextSize + 1, false, Ink);
        }

        return plot;
    }

    /// <summary>The color of the n-th of several things.</summary>
    internal static Color ColorOf(int index) => Colors[index % Colors.Length];

    /// <summary>The marker of the n-th of several things.</summary>
    internal static MarkerShape MarkerOf(int index) => Markers[index % Markers.Length];

    /// <summary>The line pattern of the n-th of several things: another one when all colors have been used.</summary>
    internal static LinePattern PatternOf(int index) => Patterns[index / Colors.Length % Patterns.Length];

    /// <summary>Shows names below a plot, in as many rows as they need.</summary>
    internal static void AddLegend(Plot plot, IEnumerable<LegendItem> items)
    {
        var legend = plot.Legend;
        legend.ManualItems.AddRange(items);
        legend.Orientation = Orientation.Horizontal;
        legend.TightHorizontalWrapping = true;
        (legend.FontName, legend.FontSize, legend.FontColor) = (PictureFont.Name, TextSize, Ink);
        legend.OutlineWidth = 0;
        legend.Padding = new PixelPadding(8, 8, 4, 0);
        legend.Margin = new PixelPadding(0);
        legend.ShadowColor = ScottPlot.Colors.Transparent;
        legend.BackgroundColor = ScottPlot.Colors.Transparent;
        plot.ShowLegend(Edge.Bottom);
    }

    /// <summary>Writes the name of a plot above it.</summary>
    internal static void AddName(Plot plot, string name)
    {
        var label = plot.Axes.Top.Label;
        (label.Text, label.FontSize, label.Bold, label.ForeColor) = (PictureFont.Clean(name), TextSize + 1, false, Ink);
    }

    /// <summary>A plot that says that there is nothing to draw.</summary>
    internal static Plot NewEmptyPlot(string xLabel, string yLabel)
    {
        var plot = NewPlot(xLabel, yLabel);
        plot.Axes.SetLimits(0, 1, 0, 1);
        var text = plot.Add.Text("no data", 0.5, 0.5);
        (text.LabelFontName, text.LabelFontSize, text.LabelFontColor, text.LabelAlignment) = (PictureFont.Name, TextSize, PaleInk, Alignment.MiddleCenter);
        return plot;
    }
}
