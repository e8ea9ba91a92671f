using System.Globalization;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Heaviside.Plots;

namespace Heaviside.Tests.Plots;

public sealed class LineChartTests
{
    [Fact]
    public void ToSvg_TwoSeries_DrawsTheirPointsInProportionAndNamesThem()
    {
        var svg = Render(new LineChart { Series = [new("a", [0, 5, 10], [0, 1, 3]), new("b", [0, 10], [3, 0])], Title = "T", Subtitle = "S", XLabel = "X", YLabel = "Y" });

        var a = Points(Curves(svg)[0]);
        (a[1].X - a[0].X).ShouldBe(a[2].X - a[1].X, 0.02);
        (a[1].Y - a[2].Y).ShouldBe(2 * (a[0].Y - a[1].Y), 0.03);
        a[0].Y.ShouldBeGreaterThan(a[2].Y);
        var b = Points(Curves(svg)[1]);
        (b[0].X, b[0].Y, b[1].X, b[1].Y).ShouldBe((a[0].X, a[2].Y, a[2].X, a[0].Y));
        new[] { "T", "S", "X", "Y", "a", "b" }.ShouldBeSubsetOf(Texts(svg));
    }

    [Fact]
    public void ToSvg_SeriesOfOneName_ShareTheColorAndTheFaintOnesStandBack()
    {
        var svg = Render(new LineChart { Series = [new("a", [0, 1], [0, 1]), new("a", [0, 1], [1, 2]) { IsFaint = true }, new("b", [0, 1], [2, 3])] });

        var strokes = svg.Descendants().Where(e => e.Name.LocalName == "path").Select(e => ((string?)e.Attribute("stroke"), e.Attribute("stroke-opacity") is not null)).ToList();
        var (a, b) = (strokes[0].Item1, strokes[1].Item1);
        a.ShouldNotBe(b);
        strokes.ShouldBe([(a, false), (b, false), (a, true), (a, false), (b, false)], "the legend, then the faint curve below the others");
        Texts(svg).Count(t => t == "a").ShouldBe(1);
    }

    [Fact]
    public void ToSvg_GapsAndLonePoints_BreakTheLineAndDrawDots()
    {
        var svg = Render(new LineChart { Series = [new("", [0, 1, 2, 3, 4, 5, 6], [1, 2, double.NaN, 3, double.PositiveInfinity, 4, 5])] });

        var path = Curves(svg).ShouldHaveSingleItem();
        path.Count(c => c == 'M').ShouldBe(2);
        path.Count(c => c == 'L').ShouldBe(2);
        svg.Descendants().Count(e => e.Name.LocalName == "circle").ShouldBe(1);
    }

    [Fact]
    public void ToSvg_LogAxis_SpacesDecadesEquallyAndLeavesOutWhatIsNotPositive()
    {
        var svg = Render(new LineChart { LogY = true, Series = [new("", [0, 1, 2, 3], [0.1, 10, 1000, 0])] });

        var points = Points(Curves(svg).ShouldHaveSingleItem());
        points.Length.ShouldBe(3);
        (points[0].Y - points[1].Y).ShouldBe(points[1].Y - points[2].Y, 0.02);
        new[] { "0.1", "1", "10", "100", "1,000" }.ShouldBeSubsetOf(Texts(svg));
    }

    [Fact]
    public void ToSvg_HorizontalLogAxis_SpacesDecadesEquallyAndLeavesOutWhatIsNotPositive()
    {
        var svg = Render(new LineChart { LogX = true, Series = [new("", [0, 0.1, 1, 10], [5, 1, 2, 3])] });

        var points = Points(Curves(svg).ShouldHaveSingleItem());
        points.Length.ShouldBe(3);
        (points[1].X - points[0].X).ShouldBe(points[2].X - points[1].X, 0.02);
        new[] { "0.1", "1", "10" }.ShouldBeSubsetOf(Texts(svg));
    }

    [Fact]
    public void ToSvg_NoSeries_SaysSo() => Texts(Render(new LineChart())).ShouldContain("no data");

    [Fact]
    public void ToSvg_TextWithMarkup_IsEscaped() =>
        Texts(Render(new LineChart { Title = "a < b & \"c\"\u0001", Series = [new("<g>", [0, 1], [0, 1])] })).ShouldContain("a < b & \"c\" ");

    [Fact]
    public void ChartSeries_LengthsDiffer_Throws() =>
        Should.Throw<ArgumentException>(() => new ChartSeries("a", [1, 2], [1])).Message.ShouldContain("expected 2 values");

    [Theory]
    [InlineData(new[] { 5.0, 5 })]
    [InlineData(new[] { 0.0 })]
    [InlineData(new[] { -1e-9, 2e-9 })]
    [InlineData(new[] { -238.41, -99.5 })]
    [InlineData(new[] { 60000, 75000.5 })]
    [InlineData(new[] { 1e9, 1.00000001e9 })]
    public void ToSvg_AnyRange_HasSeveralDistinctTicks(double[] y)
    {
        string[] labels = [.. TickLabels(Render(new LineChart { Series = [new("", [.. y.Select((_, i) => (double)i)], y)] }))];

        labels.Length.ShouldBeInRange(3, 12);
        labels.ShouldBeUnique();
    }

    [Fact]
    public void ToSvg_AnyValues_StaysInsideTheFrame() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<double[]>(), ArbMap.Default.ArbFor<bool>(), (y, log) =>
        {
            var svg = Render(new LineChart { LogX = log, LogY = log, Series = [new("s", [.. y.Select((_, i) => (double)i)], y)] });
            return Curves(svg).SelectMany(Points).All(p => p.X is >= 84 and <= 762 && p.Y is >= 0 and <= 418);
        }));

    private static XDocument Render(LineChart chart) => XDocument.Parse(chart.ToSvg());

    private static string[] Texts(XDocument svg) => [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];

    private static IEnumerable<string> TickLabels(XDocument svg) =>
        svg.Descendants().Where(e => (string?)e.Attribute("text-anchor") == "end").Select(e => e.Value);

    /// <summary>The paths that are curves; those of the legend are drawn with relative moves.</summary>
    private static string[] Curves(XDocument svg) =>
        [.. svg.Descendants().Where(e => e.Name.LocalName == "path").Select(e => e.Attribute("d")!.Value).Where(d => !d.Contains('h'))];

    private static (double X, double Y)[] Points(string path) => [.. path
        .Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries)
        .Select(point => point.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())
        .Select(v => (v[0], v[1]))];

    [Fact]
    public void ToSvg_LongSubtitle_IsBrokenBetweenWordsIntoLinesThatFit()
    {
        string[] words = [.. Enumerable.Range(100, 60).Select(i => $"word{i}")];
        var svg = new LineChart { Width = 600, Subtitle = string.Join(' ', words) }.ToSvg();
        var lines = System.Text.RegularExpressions.Regex.Matches(svg, ">(word[^<]*)<").Select(m => m.Groups[1].Value).ToList();
        lines.Count.ShouldBeGreaterThan(3);
        lines.ShouldAllBe(line => line.Length * 6 < 600);
        string.Join(' ', lines).Split(' ').ShouldBe(words);
    }
}
