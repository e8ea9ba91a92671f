using System.Globalization;
using System.Xml.Linq;
using Heaviside.Pictures;

namespace Heaviside.Tests.Pictures;

/// <summary>What is seen in a chart's SVG: texts, lines, markers and areas, in pixels from the upper left corner.</summary>
internal sealed class SvgFile(Chart chart)
{
    private readonly XDocument document = XDocument.Parse(chart.ToSvg());

    public string[] Texts => [.. All("text").Select(e => e.Value)];

    /// <summary>The lines of the data with their colors: what is as wide as one and lies within the plot, not in the legend.</summary>
    public (string Color, double Opacity, (double X, double Y)[] Points)[] Curves =>
        [.. Data("path").Where(e => (string?)e.Attribute("fill") == "none").Select(e => ((string)e.Attribute("stroke")!, Opacity(e), Points(e)))];

    /// <summary>The areas of the data: bands of errors.</summary>
    public (string Color, (double X, double Y)[] Points)[] Bands =>
        [.. Data("path").Where(e => e.Attribute("fill-opacity") is not null).Select(e => ((string)e.Attribute("fill")!, Points(e)))];

    /// <summary>The round markers of the data.</summary>
    public (double X, double Y)[] Dots => [.. Data("ellipse").Select(e => (Number(e, "cx"), Number(e, "cy")))];

    /// <summary>The rectangles of the data that have a color of their own.</summary>
    public (double X, double Y, double Width, double Height)[] Bars =>
        [.. Data("rect").Where(e => (string?)e.Attribute("fill") is not (null or "none" or "white")).Select(e => (Number(e, "x"), Number(e, "y"), Number(e, "width"), Number(e, "height")))];

    /// <summary>Where each plot is.</summary>
    public (double X, double Y, double Width, double Height)[] Frames =>
        [.. Groups().Select(Frame).Distinct()];

    private IEnumerable<XElement> All(string name) => document.Descendants().Where(e => e.Name.LocalName == name);

    private IEnumerable<XElement> Data(string name) => Groups().SelectMany(g => g.Elements().Where(e => e.Name.LocalName == name));

    // What is clipped to a plot; the legend is clipped too, and has texts.
    private IEnumerable<XElement> Groups() => All("g").Where(g => g.Attribute("clip-path") is not null && g.Descendants().All(e => e.Name.LocalName != "text"));

    private (double X, double Y, double Width, double Height) Frame(XElement group)
    {
        var id = ((string)group.Attribute("clip-path")!)["url(#".Length..^1];
        var rect = All("clipPath").Single(c => (string)c.Attribute("id")! == id).Elements().Single();
        return (Number(rect, "x"), Number(rect, "y"), Number(rect, "width"), Number(rect, "height"));
    }

    private static double Opacity(XElement element) => element.Attribute("stroke-opacity") is null ? 1 : Number(element, "stroke-opacity");

    private static (double X, double Y)[] Points(XElement path) => [.. ((string)path.Attribute("d")!)
        .Split(['M', 'L', 'Z'], StringSplitOptions.RemoveEmptyEntries)
        .Select(point => point.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())
        .Select(v => (v[0], v[1]))];

    private static double Number(XElement element, string name) => element.Attribute(name) is { } a ? double.Parse(a.Value, CultureInfo.InvariantCulture) : 0;
}
