using Heaviside.Networks;

namespace Heaviside.Tests.Networks;

public class RandomDistortionTests
{
    // A disc in the middle moves by two pixels at most, and stays about as large.
    [Fact]
    public void Of_Disc_MovesAndScalesWithinItsRanges()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var pixels = new float[28 * 28];
        for (var y = 0; y < 28; y++)
            for (var x = 0; x < 28; x++) pixels[(y * 28) + x] = Math.Pow(x - 13.5, 2) + Math.Pow(y - 13.5, 2) < 36 ? 1 : 0;
        var area = pixels.Sum();
        var disc = torch.tensor(pixels, [1, 784]).expand([500, -1]);
        var distorted = new RandomDistortion(new(1, 28, 28)).Of(disc, rng).view([500, 28, 28]);
        distorted.min().Number().ShouldBeGreaterThanOrEqualTo(0);
        distorted.max().Number().ShouldBeLessThanOrEqualTo(1);

        var mass = distorted.sum([1L, 2L]).ToArray<float>();
        mass.Min().ShouldBeInRange(area / 1.45f, area / 1.2f); // scales up to 1.15 in both directions, and shear
        mass.Max().ShouldBeInRange(area * 1.2f, area * 1.45f);
        var places = torch.arange(28, torch.float32, torch.CPU);
        foreach (var direction in new[] { 1L, 2L })
        {
            var centers = ((distorted.sum(direction) * places).sum(1) / torch.tensor(mass)).ToArray<float>().Select(c => c - 13.5).ToArray();
            centers.Max(Math.Abs).ShouldBeInRange(1.5, 3);
            centers.Average().ShouldBe(0, 0.3);
        }
    }

    [Fact]
    public void Of_ColorImages_KeepTheirShapeAndChannels()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var red = torch.cat([torch.ones([2, 64]), torch.zeros([2, 128])], 1);
        var distorted = new RandomDistortion(new(3, 8, 8)).Of(red, rng);
        distorted.shape.ShouldBe([2, 192]);
        distorted.narrow(1, 64, 128).abs().max().Number().ShouldBe(0);
        distorted.narrow(1, 0, 64).mean().Number().ShouldBeGreaterThan(0.5);
    }
}
