using Heaviside.Plots;

namespace Heaviside.Tests.Plots;

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
    public void ArrangePairs_TwoBands_PutsEachReconstructionBelowItsOriginal()
    {
        var grid = new ImageGrid { Columns = 2, Padding = 0, Separator = 1, Zoom = 1, Background = B };

        var image = grid.ArrangePairs([0, 0.2f, 0.4f], [1, 0.8f, 0.6f], count: 3, channels: 1, height: 1, width: 1);

        image.Pixels.ShouldBe([
            0, 51,
            255, 204,
            B, B,
            102, B,
            153, B,
        ]);
    }

    [Fact]
    public void Arrange_WrongNumberOfValues_SaysExpectedAndActual() =>
        Should.Throw<ArgumentException>(() => new ImageGrid().Arrange(new float[5], 1, 1, 2, 2)).Message.ShouldContain("expected [1, 1, 2, 2] = 4 values, got 5");

    [Fact]
    public void Zoom_Zero_Throws() => Should.Throw<ArgumentOutOfRangeException>(() => new ImageGrid { Zoom = 0 }).ParamName.ShouldBe("Zoom");
}
