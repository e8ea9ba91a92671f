using Heaviside.Pictures;

namespace Heaviside.Tests.Pictures;

public sealed class HistogramChartTests
{
    [Fact]
    public void ToSvg_OneHistogram_HasBarsThatTouchInProportion()
    {
        var svg = new SvgFile(new HistogramChart { Histograms = [new("h", [0, 1, 2, 4], [0.1, 0.4, 0.2])] });

        var (bars, frame) = (svg.Bars, svg.Frames.ShouldHaveSingleItem());
        bars.Length.ShouldBe(3);
        bars[1].X.ShouldBe(bars[0].X + bars[0].Width, 0.02);
        bars[2].X.ShouldBe(bars[1].X + bars[1].Width, 0.02);
        bars[2].Width.ShouldBe(2 * bars[0].Width, 0.02);
        bars[1].Height.ShouldBe(4 * bars[0].Height, 0.05);
        bars[2].Height.ShouldBe(2 * bars[0].Height, 0.05);
        bars.ShouldAllBe(b => Math.Abs(b.Y + b.Height - (frame.Y + frame.Height)) < 0.02, "all stand on the axis");
    }

    [Fact]
    public void ToSvg_SeveralHistograms_AreStackedOverOneAxisWithTheirNames()
    {
        var svg = new SvgFile(new HistogramChart { Histograms = [new("without", [0, 0.5, 1], [0, 1]), new("with", [0, 0.5, 1], [0.2, 0.8])], XLabel = "output", YLabel = "share" });

        var bars = svg.Bars;
        bars.Length.ShouldBe(3, "a bar without height is not drawn");
        bars[0].X.ShouldBe(bars[2].X, 0.02, "the right bin is at one place in both");
        (bars[0].Y + bars[0].Height).ShouldBeLessThan(bars[2].Y);
        bars[0].Height.ShouldBe(bars[2].Height, 0.02, "each is as high as its highest bar");
        var texts = svg.Texts.ToList();
        new[] { "without", "with", "output", "share", "0.5" }.ShouldBeSubsetOf(texts);
        texts.Count(t => t == "output").ShouldBe(1);
        texts.IndexOf("without").ShouldBeLessThan(texts.IndexOf("with"));
    }

    [Fact]
    public void ToSvg_Nothing_SaysSo() => new HistogramChart().ToSvg().ShouldContain("no data");

    [Fact]
    public void ToSvg_OnlyEmptyBins_DrawsAnAxisFromZero()
    {
        var chart = new HistogramChart { Histograms = [new("h", [0, 1], [0])] };
        new SvgFile(chart).Bars.ShouldBeEmpty();
        chart.ToSvg().ShouldNotContain(">-");
    }

    [Fact]
    public void ChartHistogram_ThatIsNone_Throws()
    {
        Should.Throw<ArgumentException>(() => new ChartHistogram("h", [0, 1], [1, 2])).Message.ShouldContain("expected 3 edges for 2 bars, got 2");
        Should.Throw<ArgumentException>(() => new ChartHistogram("h", [0, 1, 1], [1, 2])).Message.ShouldContain("increasing");
        Should.Throw<ArgumentException>(() => new ChartHistogram("h", [0, 1], [-1])).Message.ShouldContain("0 or more");
        Should.Throw<ArgumentException>(() => new ChartHistogram("h", [0, 1], [double.NaN])).Message.ShouldContain("0 or more");
    }
}
