using Heaviside.Plots;

namespace Heaviside.Tests.Plots;

public sealed class HeatMapTests
{
    [Fact]
    public void ToRgb_EndsAndMiddle_AreBlueWhiteAndOrange()
    {
        var rgb = HeatMap.ToRgb([0, 0.5f, 1], count: 1);

        Pixel(rgb, 3, 0).ShouldBe((0x00, 0x72, 0xb2));
        Pixel(rgb, 3, 1).ShouldBe((0xff, 0xff, 0xff));
        Pixel(rgb, 3, 2).ShouldBe((0xd5, 0x5e, 0x00));
    }

    [Fact]
    public void ToRgb_OutsideOfTheRange_IsClipped() => HeatMap.ToRgb([-3, 7], count: 1).ShouldBe(HeatMap.ToRgb([0, 1], count: 1));

    [Fact]
    public void ToRgb_SeveralMaps_KeepsEachInItsPlace()
    {
        var rgb = HeatMap.ToRgb([0, 0.25f, 0.75f, 1], count: 2);
        rgb[..6].ShouldBe(HeatMap.ToRgb([0, 0.25f], count: 1));
        rgb[6..].ShouldBe(HeatMap.ToRgb([0.75f, 1], count: 1));
    }

    [Fact]
    public void ToRgb_MapsOfDifferentSizes_Throws() =>
        Should.Throw<ArgumentException>(() => HeatMap.ToRgb([0, 1, 0], count: 2)).Message.ShouldContain("each of 2 maps");

    private static (int, int, int) Pixel(float[] rgb, int size, int i)
    {
        int Byte(int channel) => (int)MathF.Round(rgb[(channel * size) + i] * 255);
        return (Byte(0), Byte(1), Byte(2));
    }
}
