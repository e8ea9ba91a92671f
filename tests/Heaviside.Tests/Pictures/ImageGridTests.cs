using Heaviside.Pictures;

namespace Heaviside.Tests.Pictures;

public sealed class ImageGridTests
{
    private const byte B = 9;

    [Fact]
    public void Arrange_IncompleteLastRow_PutsImagesRowByRow()
    {
        var grid = new ImageGrid { Columns = 2, Padding = 1, Zoom = 1, Background = B };

        var image = grid.Arrange([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], count: 3, channels: 1, height: 1, width: 2);

        (image.Width, image.Height, image.Channels).ShouldBe((7, 5, 1));
        image.Pixels.ShouldBe([
            B, B, B, B, B, B, B,
            B, 0, 51, B, 102, 153, B,
            B, B, B, B, B, B, B,
            B, 204, 255, B, B, B, B,
            B, B, B, B, B, B, B,
        ]);
    }

    [Fact]
    public void Arrange_ZoomedColor_RepeatsPixelsAndInterleavesChannels()
    {
        var grid = new ImageGrid { Padding = 0, Zoom = 2 };

        var image = grid.Arrange([1, 0, 0, 1, 0.2f, 0.4f], count: 1, channels: 3, height: 2, width: 1);

        (image.Width, image.Height, image.Channels).ShouldBe((2, 4, 3));
        byte[] upper = [255, 0, 51, 255, 0, 51], lower = [0, 255, 102, 0, 255, 102];
        image.Pixels.ShouldBe([.. upper, .. upper, .. lower, .. lower]);
    }

    [Fact]
    public void Arrange_ValuesOutsideTheRange_AreClipped() =>
        new ImageGrid { Padding = 0, Zoom = 1 }
            .Arrange([-1, 2, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0.5f], 1, 1, 1, 6).Pixels
            .ShouldBe([0, 255, 0, 255, 0, 128]);

    [Fact]
    public void ArrangeBands_TwoBands_PutsTheSetsOfEachBelowOneAnother()
    {
        var grid = new ImageGrid { Columns = 2, Padding = 0, Separator = 1, Zoom = 1, Background = B };

        var image = grid.ArrangeBands([[0, 0.2f, 0.4f], [1, 0.8f, 0.6f]], count: 3, channels: 1, height: 1, width: 1);

        image.Pixels.ShouldBe([
            0, 51,
            255, 204,
            B, B,
            102, B,
            153, B,
        ]);
        Should.Throw<ArgumentException>(() => grid.ArrangeBands([[0], [1, 2]], 1, 1, 1, 1)).Message.ShouldContain("expected [1, 1, 1, 1] = 1 values, got 2");
        Should.Throw<ArgumentException>(() => grid.ArrangeBands([], 1, 1, 1, 1)).Message.ShouldContain("got none");
    }

    // 28 pixels become 84, 96 at most; what is larger stays.
    [Theory]
    [InlineData(28, 28, 3)]
    [InlineData(28, 30, 3)]
    [InlineData(16, 16, 6)]
    [InlineData(64, 64, 1)]
    [InlineData(200, 100, 1)]
    public void Arrange_NoZoomGiven_EnlargesSmallImagesByAWholeFactor(int height, int width, int factor)
    {
        var pixels = new float[height * width];
        pixels[^1] = 1;
        var image = new ImageGrid { Padding = 0 }.Arrange(pixels, 1, 1, height, width);
        (image.Width, image.Height).ShouldBe((width * factor, height * factor));
        image.Pixels.Count(p => p == 255).ShouldBe(factor * factor, "one pixel is a square");
        image[image.Height - factor, image.Width - factor][0].ShouldBe((byte)255);
    }

    [Fact]
    public void Arrange_LabelsAndCaption_AreDrawnBesideTheImagesThatKeepTheirPixels()
    {
        var pixels = Enumerable.Range(0, 400).Select(i => i % 7 / 6f).ToArray();
        var plain = new ImageGrid { Columns = 2, Zoom = 4 }.Arrange(pixels, 4, 1, 10, 10);
        var grid = new ImageGrid { Columns = 2, Zoom = 4, RowLabels = ["first", "the second"], ColumnLabels = ["", "left"], Caption = "A caption that is longer than the images are wide and so goes on below." };
        var image = grid.Arrange(pixels, 4, 1, 10, 10);

        int left = (int)Math.Ceiling(PictureFont.Width("the second", 13)) + 8, top = 18;
        for (var row = 4; row < plain.Height; row++)
            for (var column = 4; column < plain.Width; column++)
                image[top + row, left + column][0].ShouldBe(plain[row, column][0]);

        // Dark pixels are letters: left of either row, above the second column alone, and below in two lines.
        int Dark(int fromRow, int toRow, int fromColumn, int toColumn) => Enumerable.Range(fromRow, toRow - fromRow).Sum(r => Enumerable.Range(fromColumn, toColumn - fromColumn).Count(c => image[r, c][0] < 120));
        Dark(top, top + 44, 0, left).ShouldBeGreaterThan(20);
        Dark(top + 48, top + 92, 0, left).ShouldBeGreaterThan(20);
        Dark(0, top, left + 4, left + 46).ShouldBe(0);
        Dark(0, top, left + 48, left + 92).ShouldBeGreaterThan(10);
        image.Width.ShouldBe(320, "the caption has room");
        image.Height.ShouldBe(top + plain.Height + (2 * 18) + 8);
        Dark(top + plain.Height, top + plain.Height + 18, 0, 320).ShouldBeGreaterThan(20);
        Dark(top + plain.Height + 18, image.Height, 0, 320).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void ArrangeBands_FewLabels_BeginAgainInEveryBand()
    {
        var grid = new ImageGrid { Columns = 1, Zoom = 20, Separator = 0, RowLabels = ["x", "reconstruction"] };
        var image = grid.ArrangeBands([[1, 1], [1, 1]], 2, 1, 1, 1);
        bool HasText(int row) => Enumerable.Range(4 + (24 * row), 20).Any(r => Enumerable.Range(0, 60).Any(c => image[r, c][0] < 120));
        Enumerable.Range(0, 4).Select(HasText).ShouldBe([false, true, false, true], "the longer label begins further to the left");
    }

    [Fact]
    public void Arrange_WrongNumberOfValues_SaysExpectedAndActual() =>
        Should.Throw<ArgumentException>(() => new ImageGrid().Arrange(new float[5], 1, 1, 2, 2)).Message.ShouldContain("expected [1, 1, 2, 2] = 4 values, got 5");

    [Fact]
    public void Zoom_Zero_Throws() => Should.Throw<ArgumentOutOfRangeException>(() => new ImageGrid { Zoom = 0 }).ParamName.ShouldBe("Zoom");
}
