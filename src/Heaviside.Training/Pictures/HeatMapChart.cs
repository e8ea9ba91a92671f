using ScottPlot;

namespace Heaviside.Pictures;

/// <summary>A chart of heat maps over one pair of axes, side by side in rows, with one scale of colors: blue at the lower end, white in the
/// middle, orange at the upper end. The ends differ in lightness from white alike, also for color-blind readers.</summary>
public sealed class HeatMapChart : Chart
{
    private const float Left = 64, Right = 12, AxisHeight = 48, Heading = 32, ScaleWidth = 84;

    /// <summary>The maps, row by row from above; none by default.</summary>
    public IReadOnlyList<ChartMap> Maps { get; init; } = [];

    /// <summary>Maps in a row; 1 or more, default 3.</summary>
    public int Columns { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Columns), value, "expected 1 or more"); } = 3;

    /// <summary>Where the maps begin and end along the horizontal axis; default 0 to 1.</summary>
    public (double Low, double High) XRange { get; init => field = Increasing(value, nameof(XRange)); } = (0, 1);

    /// <summary>Where the maps end below and above along the vertical axis; default 0 to 1.</summary>
    public (double Low, double High) YRange { get; init => field = Increasing(value, nameof(YRange)); } = (0, 1);

    /// <summary>The values at the ends of the scale of colors, beyond which values are clipped; default 0 to 1.</summary>
    public (double Low, double High) Scale { get; init => field = Increasing(value, nameof(Scale)); } = (0, 1);

    /// <inheritdoc/>
    protected override IEnumerable<(Plot Plot, PixelRect Place)> Compose(PixelRect area)
    {
        if (Maps.Count == 0) yield return (ChartStyle.NewEmptyPlot(XLabel, YLabel), area);
        var (across, down) = (Math.Clamp(Maps.Count, 1, Columns), (Math.Max(0, Maps.Count - 1) / Columns) + 1);
        // As square as there is room.
        var side = MathF.Floor(Math.Min((area.Width - (across * (Left + Right)) - ScaleWidth + Right) / across, (area.Height / down) - AxisHeight - Heading));
        foreach (var (i, map) in Maps.Index())
        {
            var isLastOfRow = i % Columns == Columns - 1 || i == Maps.Count - 1; // which has the scale beside it
            float left = area.Left + (i % Columns * (Left + side + Right)), top = area.Top + (i / Columns * (Heading + side + AxisHeight));
            yield return (Draw(map, isLastOfRow), new(left, left + Left + side + (isLastOfRow ? ScaleWidth : Right), top + Heading + side + AxisHeight, top));
        }
    }

    private Plot Draw(ChartMap map, bool isLastOfRow)
    {
        var plot = ChartStyle.NewPlot(XLabel, YLabel);
        // ScottPlot draws a single row or column with no height or width: it is there twice.
        var values = new double[Math.Max(2, map.Rows), Math.Max(2, map.Columns)];
        for (var row = 0; row < values.GetLength(0); row++)
            for (var column = 0; column < values.GetLength(1); column++) values[row, column] = map.Values[(row * map.Rows / values.GetLength(0) * map.Columns) + (column * map.Columns / values.GetLength(1))];
        var heat = plot.Add.Heatmap(values);
        heat.Rectangle = new CoordinateRect(XRange.Low, XRange.High, YRange.Low, YRange.High);
        heat.Colormap = new BlueWhiteOrange();
        heat.NaNCellColor = Color.FromHex("#8b949e");
        heat.ManualRange = new(Scale.Low, Scale.High);
        ChartAxis.Fit([XRange.Low, XRange.High], isLog: false, margin: 0).ApplyTo(plot.Axes.Bottom, 4);
        ChartAxis.Fit([YRange.Low, YRange.High], isLog: false, margin: 0).ApplyTo(plot.Axes.Left, 4);
        plot.Grid.IsVisible = false;
        ChartStyle.AddName(plot, map.Name);
        if (isLastOfRow)
        {
            var bar = plot.Add.ColorBar(heat);
            (bar.Axis.TickLabelStyle.FontName, bar.Axis.TickLabelStyle.FontSize, bar.Axis.TickLabelStyle.ForeColor) = (PictureFont.Name, 13, ChartStyle.PaleInk);
            ChartAxis.Fit([Scale.Low, Scale.High], isLog: false, margin: 0).ApplyTo(bar.Axis, 5);
        }

        plot.Layout.Fixed(new PixelPadding(Left, isLastOfRow ? ScaleWidth : Right, AxisHeight, Heading));
        return plot;
    }

    private static (double, double) Increasing((double Low, double High) value, string name) => value.Low < value.High
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "expected a lower end below the upper one");

    private sealed class BlueWhiteOrange : IColormap
    {
        private static readonly Color Blue = ChartStyle.ColorOf(0), Orange = ChartStyle.ColorOf(1);

        public string Name => "blue, white, orange";

        public Color GetColor(double position)
        {
            var end = position < 0.5 ? Blue : Orange;
            var share = Math.Min(1, Math.Abs((2 * position) - 1));
            byte Channel(byte of) => (byte)Math.Round(255 - ((255 - of) * share));
            return new(Channel(end.R), Channel(end.G), Channel(end.B));
        }
    }
}
