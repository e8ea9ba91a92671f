using Heaviside.Pictures;

namespace Heaviside.Tests.Pictures;

public sealed class HeatMapChartTests
{
    // One row of five cells, from below the scale to above it; a cell is larger than 20 pixels.
    [Fact]
    public void Write_OneMap_ShowsEveryCellInItsColorAndClips()
    {
        using var folder = new TemporaryFolder();
        new HeatMapChart { Maps = [new("m", [-3, 0, 0.5f, 1, 7], rows: 1)] }.Write(folder["map.png"]);
        var image = ImageFile.Read(folder["map.png"]);

        // Without the scale, which is to the right of the map.
        var row = Enumerable.Range(0, image.Width - 310).Select(x => (image[200, x][0], image[200, x][1], image[200, x][2])).ToList();
        var (blue, orange) = (((byte)0x00, (byte)0x72, (byte)0xb2), ((byte)0xd5, (byte)0x5e, (byte)0x00));
        int first = row.IndexOf(blue), lastBlue = row.LastIndexOf(blue), firstOrange = row.IndexOf(orange), lastOrange = row.LastIndexOf(orange);
        var cell = (lastBlue - first + 1) / 2.0;
        cell.ShouldBeGreaterThan(20);
        ((double)firstOrange).ShouldBe(first + (3 * cell), 2);
        (lastOrange - firstOrange + 1.0).ShouldBe(2 * cell, 3);
        row[(int)(first + (2.5 * cell))].ShouldBe(((byte)255, (byte)255, (byte)255));
    }

    [Fact]
    public void Write_Rows_AreFromAbove()
    {
        using var folder = new TemporaryFolder();
        new HeatMapChart { Maps = [new("m", [1, 0], rows: 2)] }.Write(folder["map.png"]);
        var image = ImageFile.Read(folder["map.png"]);
        image[120, 200].ToArray().ShouldBe([0xd5, 0x5e, 0x00]);
        image[400, 200].ToArray().ShouldBe([0x00, 0x72, 0xb2]);
    }

    [Fact]
    public void ToSvg_SeveralMaps_HasTheirNamesAxesAndAScale()
    {
        var maps = Enumerable.Range(0, 4).Select(i => new ChartMap($"map {i}", [0, 1, 1, 0], rows: 2)).ToList();
        var texts = new SvgFile(new HeatMapChart { Title = "T", XLabel = "first", YLabel = "second", XRange = (-3, 3), Maps = maps }).Texts;
        new[] { "map 0", "map 1", "map 2", "map 3", "first", "second", "-2", "2", "0.2" }.ShouldBeSubsetOf(texts);
        texts.Count(t => t == "first").ShouldBe(4);
        new HeatMapChart().ToSvg().ShouldContain("no data");
    }

    [Fact]
    public void HeatMapChart_WrongValues_Throws()
    {
        Should.Throw<ArgumentException>(() => new ChartMap("m", [1, 2, 3], rows: 2)).Message.ShouldContain("each of 2 rows");
        Should.Throw<ArgumentException>(() => new ChartMap("m", [], rows: 2)).Message.ShouldContain("each of 2 rows");
        Should.Throw<ArgumentOutOfRangeException>(() => new HeatMapChart { XRange = (1, 1) }).ParamName.ShouldBe("XRange");
        Should.Throw<ArgumentOutOfRangeException>(() => new HeatMapChart { Columns = 0 }).ParamName.ShouldBe("Columns");
    }
}
