using Heaviside.Files;

namespace Heaviside.Plots;

/// <summary>A chart as SVG: a headline, small print, and axes with what is drawn along them.</summary>
public abstract class Chart
{
    private protected const double Left = 84, Right = 38, Bottom = 62;
    private const double SmallPrintWidth = 6.2;
    private protected const string Ink = "#1f2328", TickInk = "#444c56", AxisInk = "#8b949e", GridInk = "#e4e7eb";

    // Distinct in hue and in lightness, also for color-blind readers (after Okabe and Ito).
    private protected static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#b1508f", "#c98a00", "#3fa4dc", "#333333"];

    /// <summary>The headline; none by default.</summary>
    public string Title { get; init; } = "";

    /// <summary>The small print below the headline: the data, the seed, what the number is; none by default.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What the horizontal axis shows, with its unit; none by default.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>What the vertical axis shows, with its unit; none by default.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Width in pixels; 200 or more, default 800.</summary>
    public int Width { get; init => field = AtLeast(200, value, nameof(Width)); } = 800;

    /// <summary>Height in pixels; 200 or more, default 480.</summary>
    public int Height { get; init => field = AtLeast(200, value, nameof(Height)); } = 480;

    /// <summary>Writes the chart to a file, all or nothing.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, ToSvg());

    /// <summary>The chart as an SVG document.</summary>
    public string ToSvg()
    {
        var svg = new SvgPage(Width, Height);
        double y = 14;
        if (Title != "") svg.Text(Left, y += 18, Title, $"font-size=\"18\" font-weight=\"600\" fill=\"{Ink}\"");
        foreach (var line in Wrap(Subtitle, (Width - Left - Right) / SmallPrintWidth)) svg.Text(Left, y += 17, line, "font-size=\"12\" fill=\"#6a737d\"");
        Draw(svg, y + 10);
        return svg.ToString();
    }

    /// <summary>Draws all below the small print, from <paramref name="top"/> on.</summary>
    private protected abstract void Draw(SvgPage svg, double top);

    /// <summary>The horizontal place of a value.</summary>
    private protected double X(ChartAxis axis, double value) => Left + axis.Place(value) * (Width - Right - Left);

    /// <summary>Lines across at the ticks of a vertical axis between two heights, with what they are called.</summary>
    private protected void VerticalAxis(SvgPage svg, ChartAxis axis, double top, double bottom)
    {
        foreach (var (tick, label) in axis.Ticks.Zip(axis.Labels))
        {
            var y = bottom - axis.Place(tick) * (bottom - top);
            svg.Line(Left, y, Width - Right, y, GridInk);
            svg.Text(Left - 9, y + 4.5, label, $"text-anchor=\"end\" fill=\"{TickInk}\"");
        }
    }

    /// <summary>The horizontal axis at a height, with ticks and what they are called.</summary>
    private protected void HorizontalAxis(SvgPage svg, ChartAxis axis, double bottom)
    {
        foreach (var (tick, label) in axis.Ticks.Zip(axis.Labels))
        {
            svg.Line(X(axis, tick), bottom, X(axis, tick), bottom + 5, AxisInk);
            svg.Text(X(axis, tick), bottom + 20, label, $"text-anchor=\"middle\" fill=\"{TickInk}\"");
        }
        svg.Line(Left, bottom, Width - Right, bottom, AxisInk);
    }

    /// <summary>What the axes show, beside what is between two heights.</summary>
    private protected void AxisLabels(SvgPage svg, double top, double bottom)
    {
        var middle = (top + bottom) / 2;
        svg.Text((Left + Width - Right) / 2, Height - 16, XLabel, $"text-anchor=\"middle\" fill=\"{Ink}\"");
        svg.Text(20, middle, YLabel, $"text-anchor=\"middle\" fill=\"{Ink}\" transform=\"rotate(-90 20 {SvgPage.Number(middle)})\"");
    }

    /// <summary>Says that there is nothing to draw between two heights.</summary>
    private protected void NoData(SvgPage svg, double top, double bottom) =>
        svg.Text((Left + Width - Right) / 2, (top + bottom) / 2, "no data", $"text-anchor=\"middle\" fill=\"{AxisInk}\"");

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

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"expected {least} or more");
}
