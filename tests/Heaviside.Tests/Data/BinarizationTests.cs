using Heaviside.Data;

namespace Heaviside.Tests.Data;

public sealed class BinarizationTests
{
    private static readonly ImageSet ramp = Ramp(Split.Train); // two images with every grey value from 0 to 255 in order

    [Fact]
    public void None_EveryGrey_IsScaled() => Draw(Binarization.None, ramp)[..256].ShouldBe(Enumerable.Range(0, 256).Select(g => g / 255f));

    [Fact]
    public void Threshold_EveryGrey_IsOnFromOneHalf() =>
        Draw(Binarization.Threshold, ramp)[..256].ShouldBe(Enumerable.Range(0, 256).Select(g => g / 255.0 >= 0.5 ? 1f : 0f));

    [Fact]
    public void Dynamic_ManyEpochs_IsOnWithProbabilityOfGrey()
    {
        const int Epochs = 20_000;
        var counts = new int[256];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var pixels = Draw(Binarization.Dynamic, ramp, seed: 4, epoch);
            for (var g = 0; g < 256; g++) counts[g] += pixels[g] switch { 0 => 0, 1 => 1, var other => throw new InvalidOperationException($"{other}") };
        }
        counts[0].ShouldBe(0);
        counts[255].ShouldBe(Epochs);
        for (var g = 1; g < 255; g++)
        {
            var p = g / 255.0;
            Math.Abs(counts[g] - (Epochs * p)).ShouldBeLessThan(5.5 * Math.Sqrt(Epochs * p * (1 - p)) + 1, $"grey {g}");
        }
    }

    [Fact]
    public void Dynamic_Train_ChangesWithSeedEpochAndImageOnly()
    {
        var drawn = Draw(Binarization.Dynamic, ramp, seed: 1, epoch: 2);
        Draw(Binarization.Dynamic, ramp, seed: 1, epoch: 2).ShouldBe(drawn);
        Draw(Binarization.Dynamic, ramp, seed: 1, epoch: 3).ShouldNotBe(drawn);
        Draw(Binarization.Dynamic, ramp, seed: 2, epoch: 2).ShouldNotBe(drawn);
        drawn[..256].ShouldNotBe(drawn[256..]);
    }

    [Theory]
    [InlineData(Split.Validation)]
    [InlineData(Split.Test)]
    public void Dynamic_Evaluation_IsOneDrawForEveryRun(Split split)
    {
        var images = Ramp(split);
        var drawn = Draw(Binarization.Dynamic, images, seed: 1, epoch: 0);
        Draw(Binarization.Dynamic, images, seed: 9, epoch: 7).ShouldBe(drawn);
        drawn.ShouldBe(Draw(Binarization.Fixed(Binarization.EvaluationSeed), images));
        Binarization.Dynamic.Description.ShouldContain($"seed {Binarization.EvaluationSeed}");
    }

    [Fact]
    public void Fixed_OwnSeedDecides()
    {
        Draw(Binarization.Fixed(5), ramp, seed: 1, epoch: 0).ShouldBe(Draw(Binarization.Fixed(5), ramp, seed: 2, epoch: 9));
        Draw(Binarization.Fixed(5), ramp).ShouldNotBe(Draw(Binarization.Fixed(6), ramp));
        Draw(Binarization.Fixed(5), ramp).ShouldNotBe(Draw(Binarization.Fixed(5), Ramp(Split.Test)));
    }

    [Fact]
    public void PixelMeans_IsTheMeanOfWhatTheModelSees()
    {
        ImageSet images = new(new byte[] { 0, 100, 255, 255, 200, 0 }, 1, 1, 3);
        Binarization.None.PixelMeans(images).ShouldBe([0.5f, 300 / 510f, 0.5f]);
        Binarization.Dynamic.PixelMeans(images).ShouldBe([0.5f, 300 / 510f, 0.5f]);
        Binarization.Threshold.PixelMeans(images).ShouldBe([0.5f, 0.5f, 0.5f]);
        Binarization.Fixed(1).PixelMeans(ramp).ShouldBe(Enumerable.Range(0, 256).Select(p => (Draw(Binarization.Fixed(1), ramp)[p] + Draw(Binarization.Fixed(1), ramp)[256 + p]) / 2));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("threshold")]
    [InlineData("dynamic")]
    [InlineData("fixed(seed=5)")]
    [InlineData("fixed(seed=18446744073709551615)")]
    public void Parse_Name_RoundTrips(string name) => Binarization.Parse(name).ToString().ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("dynamc")]
    [InlineData("fixed(seed=)")]
    [InlineData("fixed(seed=-1)")]
    [InlineData("fixed(seed=5")]
    public void Parse_Unknown_ListsTheChoices(string text) =>
        Should.Throw<InputException>(() => Binarization.Parse(text)).Message.ShouldContain("none, threshold, dynamic, fixed");

    private static ImageSet Ramp(Split split)
    {
        byte[] pixels = [.. Enumerable.Range(0, 512).Select(i => (byte)i)];
        return new ImageSet(pixels, 1, 16, 16) { Split = split };
    }

    private static float[] Draw(Binarization binarization, ImageSet images, ulong seed = 0, int epoch = 0)
    {
        var pixels = new float[images.Pixels.Length];
        for (var i = 0; i < images.Count; i++) binarization.Write(images, i, seed, epoch, pixels.AsSpan(i * images.ImageSize, images.ImageSize));
        return pixels;
    }
}
