using Heaviside.Data;
using Heaviside.Pictures;

namespace Heaviside.Tests.Data;

public class AreaAverageTests
{
    // The central 3 x 3 of 5 x 4 pixels to 2 x 2: a pixel of the result covers one and a half of each side.
    [Fact]
    public void Write_FractionsOfPixels_CountByTheirArea()
    {
        var image = new RasterImage(5, 4, 1);
        new Random(1).NextBytes(image.Pixels);
        double At(int row, int column) => image[row, column + 1][0];
        double Mean(int row, int column) =>
            (At(row, column) + (0.5 * At(1, column)) + (0.5 * At(row, 1)) + (0.25 * At(1, 1))) / 2.25;
        var planes = new byte[12];
        AreaAverage.Write(image, square: 3, side: 2, planes);
        planes[..4].Select(p => (double)p).ShouldBe([Mean(0, 0), Mean(0, 2), Mean(2, 0), Mean(2, 2)], 0.5 + 1e-9);
        planes[4..8].ShouldBe(planes[..4]); // gray: three equal planes
        planes[8..].ShouldBe(planes[..4]);
    }

    [Fact]
    public void Write_NothingToReduce_OrdersByPlane()
    {
        var image = new RasterImage(2, 2, 3);
        for (var i = 0; i < 12; i++) image.Pixels[i] = (byte)i;
        var planes = new byte[12];
        AreaAverage.Write(image, 2, 2, planes);
        planes.ShouldBe([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
    }
}
