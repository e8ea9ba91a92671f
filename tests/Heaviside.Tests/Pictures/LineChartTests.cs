using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Heaviside.Pictures;

namespace Heaviside.Tests.Pictures;

public sealed class LineChartTests
{
    [Fact]
    public void ToSvg_TwoSeries_DrawsTheirPointsInProportionAndNamesThem()
    {
        var svg = new SvgFile(new LineChart { Series = [new("first", [0, 5, 10], [0, 1, 3]), new("second", [0, 10], [3, 0])], Title = "Title", Subtitle = "Small", XLabel = "steps", YLabel = "nats" });

        var a = svg.Curves[0].Points;
        (a[1].X - a[0].X).ShouldBe(a[2].X - a[1].X, 0.02);
        (a[1].Y - a[2].Y).ShouldBe(2 * (a[0].Y - a[1].Y), 0.03);
        a[0].Y.ShouldBeGreaterThan(a[2].Y);
        svg.Curves[1].Points.ShouldBe([(a[0].X, a[2].Y), (a[2].X, a[0].Y)]);
        svg.Curves[1].Color.ShouldNotBe(svg.Curves[0].Color);
        new[] { "Title", "Small", "steps", "nats", "first", "second" }.ShouldBeSubsetOf(svg.Texts);
    }

    [Fact]
    public void ToSvg_SeriesOfOneName_ShareTheColorAndTheFaintOnesStandBack()
    {
        var svg = new SvgFile(new LineChart { Series = [new("a", [0, 1], [0, 1]), new("a", [0, 1], [1, 2]) { IsFaint = true }, new("b", [0, 1], [2, 3])] });

        var (a, b) = (svg.Curves[1].Color, svg.Curves[2].Color);
        a.ShouldNotBe(b);
        svg.Curves.Select(c => (c.Color, c.Opacity < 1)).ShouldBe([(a, true), (a, false), (b, false)], "the faint curve is below the others");
        svg.Texts.Count(t => t == "a").ShouldBe(1);
    }

    [Fact]
    public void ToSvg_GapsAndLonePoints_BreakTheLineAndKeepTheirMarkers()
    {
        double[] y = [1, 2, double.NaN, 3, double.PositiveInfinity, 4, 5];
        var svg = new SvgFile(new LineChart { Series = [new("", [0, 1, 2, 3, 4, 5, 6], y)] });
        svg.Curves.Select(c => c.Points.Length).Where(n => n > 1).ShouldBe([2, 2]);
        svg.Dots.Length.ShouldBe(5);

        var many = new SvgFile(new LineChart { Series = [new("", [.. Enumerable.Range(0, 100).Select(i => (double)i)], [.. Enumerable.Range(0, 100).Select(i => i is 49 or 51 ? double.NaN : i)])] });
        many.Dots.Length.ShouldBe(1, "points of a long series have no markers, but for one that would not be seen");
    }

    [Fact]
    public void ToSvg_StandardErrors_AreABandOfOneToBothSides()
    {
        var svg = new SvgFile(new LineChart { Series = [new("a", [0, 1, 2], [1, 2, 3]) { StandardErrors = [0.5, 0.5, 1] }] });

        var (line, band) = (svg.Curves[0], svg.Bands.ShouldHaveSingleItem());
        band.Color.ShouldBe(line.Color);
        var unit = line.Points[0].Y - line.Points[1].Y;
        double At(int i, int side) => side * (line.Points[i].Y - band.Points.Where(p => Math.Abs(p.X - line.Points[i].X) < 0.01).Select(p => side * p.Y).Min() * side);
        At(0, 1).ShouldBe(0.5 * unit, 0.02);
        At(0, -1).ShouldBe(0.5 * unit, 0.02);
        At(2, 1).ShouldBe(unit, 0.02);
        new SvgFile(new LineChart { Series = [new("a", [0, 1, 2], [1, 2, 3])] }).Bands.ShouldBeEmpty();
        new SvgFile(new LineChart { Series = [new("a", [0, 1, 2], [1, 2, 3]) { StandardErrors = [1, double.NaN, 1] }] }).Bands.ShouldBeEmpty("no two known errors are neighbors");
    }

    [Fact]
    public void ToSvg_LogAxes_SpaceDecadesEquallyAndLeaveOutWhatIsNotPositive()
    {
        var vertical = new SvgFile(new LineChart { LogY = true, Series = [new("", [0, 1, 2, 3], [0.1, 10, 1000, 0])] });
        var points = vertical.Curves.ShouldHaveSingleItem().Points;
        points.Length.ShouldBe(3);
        (points[0].Y - points[1].Y).ShouldBe(points[1].Y - points[2].Y, 0.02);
        new[] { "0.1", "1", "10", "100", "1,000" }.ShouldBeSubsetOf(vertical.Texts);

        var horizontal = new SvgFile(new LineChart { LogX = true, Series = [new("", [0, 0.1, 1, 10], [5, 1, 2, 3])] });
        points = horizontal.Curves.ShouldHaveSingleItem().Points;
        points.Length.ShouldBe(3);
        (points[1].X - points[0].X).ShouldBe(points[2].X - points[1].X, 0.02);
        new[] { "0.1", "1", "10" }.ShouldBeSubsetOf(horizontal.Texts);
    }

    [Fact]
    public void ToSvg_NoSeries_SaysSo() => new SvgFile(new LineChart()).Texts.ShouldContain("no data");

    [Fact]
    public void ToSvg_TextWithMarkup_IsEscaped()
    {
        var texts = new SvgFile(new LineChart { Title = "a < b & \"c\"\u0001.", Series = [new("<g>", [0, 1], [0, 1])] }).Texts;
        texts.ShouldContain("a < b & \"c\" .");
        texts.ShouldContain("<g>");
    }

    [Fact]
    public void ChartSeries_LengthsDiffer_Throws()
    {
        Should.Throw<ArgumentException>(() => new ChartSeries("a", [1, 2], [1])).Message.ShouldContain("expected 2 values");
        Should.Throw<ArgumentException>(() => new ChartSeries("a", [1, 2], [1, 2]) { StandardErrors = [1] }).Message.ShouldContain("expected 2 standard errors");
    }

    [Theory]
    [InlineData(new[] { 5.0, 5 })]
    [InlineData(new[] { 0.0 })]
    [InlineData(new[] { -1e-9, 2e-9 })]
    [InlineData(new[] { -238.41, -99.5 })]
    [InlineData(new[] { 60000, 75000.5 })]
    [InlineData(new[] { 1e9, 1.00000001e9 })]
    public void ToSvg_AnyRange_HasSeveralDistinctTicks(double[] y)
    {
        // The horizontal axis has its own, which are left out.
        string[] of(double[] values) => new SvgFile(new LineChart { Series = [new("", [.. values.Select((_, i) => 7e5 + i)], values)] }).Texts;
        string[] labels = [.. of(y).Where(t => !t.StartsWith("700,0", StringComparison.Ordinal) && !t.StartsWith("699,", StringComparison.Ordinal))];

        labels.Length.ShouldBeInRange(3, 20);
        labels.ShouldBeUnique();
    }

    [Fact]
    public void ToSvg_AnyValues_StaysInsideTheFrame() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(ArbMap.Default.ArbFor<double[]>(), ArbMap.Default.ArbFor<bool>(), (y, log) =>
        {
            var svg = new SvgFile(new LineChart { LogX = log, LogY = log, Series = [new("s", [.. y.Select((_, i) => (double)i)], y)] });
            var frame = svg.Frames.FirstOrDefault();
            return svg.Curves.SelectMany(c => c.Points).All(p => p.X >= frame.X && p.X <= frame.X + frame.Width && p.Y >= frame.Y && p.Y <= frame.Y + frame.Height);
        }));

    [Fact]
    public void ToSvg_LongSubtitle_IsBrokenBetweenWordsIntoLinesThatFitAboveThePlot()
    {
        string[] words = [.. Enumerable.Range(100, 60).Select(i => $"word{i}")];
        var svg = new SvgFile(new LineChart { Width = 600, Subtitle = string.Join(' ', words), Series = [new("", [0, 1], [0, 1])] });
        var lines = svg.Texts.Where(t => t.StartsWith("word", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBeGreaterThan(3);
        lines.ShouldAllBe(line => PictureFont.Width(line, 12) <= 600 - 32);
        string.Join(' ', lines).Split(' ').ShouldBe(words);
        svg.Frames.ShouldHaveSingleItem().Y.ShouldBeGreaterThan(lines.Count * 17);
    }

    // The plot gets lower so that a long legend has its place.
    [Fact]
    public void ToSvg_ManyNames_AreBelowTheCurvesWithinTheChart()
    {
        var series = Enumerable.Range(0, 12).Select(i => new ChartSeries($"an estimator with a long name, number {i}", [0, 1], [i, i + 1])).ToList();
        SvgFile few = new(new LineChart { Series = series[..1] }), many = new(new LineChart { Series = series });
        many.Texts.Count(t => t.StartsWith("an estimator", StringComparison.Ordinal)).ShouldBe(12);
        var frame = many.Frames.ShouldHaveSingleItem();
        frame.Height.ShouldBeLessThan(few.Frames.Single().Height - 60);
        frame.Height.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void Write_SameChartTwice_GivesTheSameBytes()
    {
        LineChart Chart() => new() { Title = "T", Series = [new("a", [0, 1, 2], [1, 2, 3]) { StandardErrors = [1, 1, 1] }] };
        Chart().ToSvg().ShouldBe(Chart().ToSvg());
        Chart().ToPng().ShouldBe(Chart().ToPng());
    }

    [Fact]
    public void Write_Name_DecidesTheFormat()
    {
        using var folder = new TemporaryFolder();
        var chart = new LineChart { Width = 640, Height = 300, Series = [new("a", [0, 1], [0, 1])] };
        chart.Write(folder["chart.svg"]);
        chart.Write(folder["chart.png"]);
        File.ReadAllText(folder["chart.svg"]).ShouldContain("<svg");
        File.ReadAllText(folder["chart.svg"]).ShouldContain("font-family=\"DejaVu Sans, Verdana, sans-serif\"");
        var png = File.ReadAllBytes(folder["chart.png"]);
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))).ShouldBe((640, 300));
        var image = ImageFile.Read(folder["chart.png"]);
        var colors = Enumerable.Range(0, 640 * 300).Select(p => (image.Pixels[3 * p], image.Pixels[(3 * p) + 1], image.Pixels[(3 * p) + 2])).ToHashSet();
        colors.ShouldContain(((byte)255, (byte)255, (byte)255));
        colors.ShouldContain(((byte)0x00, (byte)0x72, (byte)0xb2), "the line");
    }
}
