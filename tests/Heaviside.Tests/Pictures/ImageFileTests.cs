using Heaviside.Pictures;
using Heaviside.Tests.Data;

namespace Heaviside.Tests.Pictures;

public sealed class ImageFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    public void Write_Png_CanBeReadAsTheSameImage(int channels, byte colorType)
    {
        var image = Noise(7, 5, channels, seed: 1);
        var path = Written("image.png", image);

        var bytes = File.ReadAllBytes(path);
        bytes[..8].ShouldBe([137, 80, 78, 71, 13, 10, 26, 10]);
        bytes[16..26].ShouldBe([0, 0, 0, 7, 0, 0, 0, 5, 8, colorType]);
        var read = ImageFile.Read(path);
        (read.Width, read.Height, read.Channels).ShouldBe((7, 5, channels));
        read.Pixels.ShouldBe(image.Pixels);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    public void Write_SameImageTwice_GivesTheSameBytes(string name) =>
        File.ReadAllBytes(Written(name, Noise(64, 64, 3, seed: 2))).ShouldBe(File.ReadAllBytes(Written("b" + name, Noise(64, 64, 3, seed: 2))));

    // A slope of colors, which JPEG keeps within a few units; nine channels in ten differ from each other by more.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Write_Jpeg_CanBeReadAsNearlyTheSameImage(int channels)
    {
        var image = Slope(channels);
        var path = Written("image.jpeg", image);

        File.ReadAllBytes(path)[..3].ShouldBe([0xFF, 0xD8, 0xFF]);
        var read = ImageFile.Read(path);
        (read.Width, read.Height, read.Channels).ShouldBe((32, 24, channels));
        for (var i = 0; i < image.Pixels.Length; i++) Math.Abs(read.Pixels[i] - image.Pixels[i]).ShouldBeLessThanOrEqualTo(12);
        // Red grows to the right, green downwards, and blue is the same everywhere.
        (read[3, 28][0] - read[3, 3][0]).ShouldBeGreaterThan(80);
        if (channels == 3) (read[20, 3][1] - read[3, 3][1]).ShouldBeGreaterThan(80);
    }

    [Fact]
    public void Read_Opacity_IsLeftOut() => Read(PngFile.Make(2, 1, 6, [0, 1, 2, 3, 255, 4, 5, 6, 0])).Pixels.ShouldBe([1, 2, 3, 4, 5, 6]);

    [Fact]
    public void Read_Palette_GivesItsColors() =>
        Read(PngFile.Make(3, 1, 3, [0, 1, 0, 1], [1, 2, 3, 40, 50, 60])).Pixels.ShouldBe([40, 50, 60, 1, 2, 3, 40, 50, 60]);

    // Two gray pixels a row; the predictions are 0, left, above, their mean rounded down, and the nearest of the three to left + above - corner.
    [Fact]
    public void Read_EveryFilter_AddsItsPrediction() =>
        Read(PngFile.Make(2, 5, 0, [0, 10, 20, 1, 5, 250, 2, 1, 2, 3, 100, 3, 4, 7, 9])).Pixels
            .ShouldBe([10, 20, 5, 255, 6, 1, 103, 55, 110, 64]);

    [Fact]
    public void Read_WhatIsNoImage_SaysSo()
    {
        Refused([.. "GIF89a and more"u8], "is neither a PNG nor a JPEG image");
        Refused([], "is empty");
        Refused([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46], "is truncated or damaged");
        Refused([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0xFF, 0xD9], "is damaged");
        Refused(PngFile.Make(2, 1, 0, [0, 1, 2])[..20], "is truncated or damaged");
        var missing = Path.Combine(folder.Path, "none.png");
        Should.Throw<InputException>(() => ImageFile.Read(missing)).Message.ShouldStartWith($"{missing}: cannot be opened");
        Should.Throw<InputException>(() => ImageFile.Read(folder.Path)).Message.ShouldContain("cannot be opened");
    }

    [Fact]
    public void Read_Damaged_SaysWhat()
    {
        Refused(PngFile.Make(2, 2, 0, [0, 1]), "is truncated");
        Refused(PngFile.Make(0, 1, 0, [0]), "it says to be of 0 x 1 pixels");
        Refused(PngFile.Make(2, 1, 5, [0, 1, 2]), "is damaged");
        Refused(PngFile.Make(4000, 4000, 0, [0, 1, 2]), "are too few for 4000 x 4000 pixels"); // before any of it is allocated
        var sum = PngFile.Make(2, 1, 0, [0, 1, 2]);
        sum[29] ^= 1; // of the header's sum
        Refused(sum, "is damaged");
    }

    // A few compressed bytes that would become gigabytes.
    [Theory]
    [InlineData(16_384, 16_384, "has 16384 x 16384 pixels, more than 16777216 are not read")]
    [InlineData(4097, 4096, "has 4097 x 4096 pixels, more than")]
    [InlineData(int.MaxValue, int.MaxValue, "more than 16777216 are not read")]
    [InlineData(-1, -1, "it says to be of -1 x -1 pixels")]
    public void Read_MorePixelsThanAnyImage_IsRefusedByItsHeader(int width, int height, string reason)
    {
        var file = PngFile.Make(width, height, 0, new byte[40_000_000]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(file, reason);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void Read_LargestImage_IsRead() => Read(PngFile.Make(4096, 4096, 0, new byte[4097 * 4096])).Pixels.Length.ShouldBe(1 << 24);

    [Fact]
    public void Read_DamagedOrCutPng_ThrowsOnlyInputException()
    {
        var valid = PngFile.Make(3, 4, 2, [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 10 == 0 ? i / 10 : 7 * i))]);
        Damage.EveryTruncationIsRefused(valid, path => ImageFile.Read(path));
        Damage.OnlyInputExceptions(valid, path => ImageFile.Read(path));
    }

    [Fact]
    public void Read_DamagedOrCutJpeg_ThrowsOnlyInputException()
    {
        var valid = File.ReadAllBytes(Written("image.jpg", Slope(3)));
        Damage.EveryTruncationIsRefused(valid, path => ImageFile.Read(path));
        Damage.OnlyInputExceptions(valid, path => ImageFile.Read(path));
    }

    private string Written(string name, RasterImage image)
    {
        var path = Path.Combine(folder.Path, name);
        ImageFile.Write(path, image);
        return path;
    }

    private static RasterImage Noise(int width, int height, int channels, int seed)
    {
        var image = new RasterImage(width, height, channels);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    private static RasterImage Slope(int channels)
    {
        var image = new RasterImage(32, 24, channels);
        for (var row = 0; row < 24; row++)
            for (var column = 0; column < 32; column++)
                new[] { (byte)(60 + (4 * column)), (byte)(60 + (5 * row)), (byte)128 }.AsSpan(0, channels).CopyTo(image[row, column]);
        return image;
    }

    private RasterImage Read(byte[] file) => ImageFile.Read(folder.Write("image.png", file));

    private void Refused(byte[] file, string reason)
    {
        var path = folder.Write("image.png", file);
        var message = Should.Throw<InputException>(() => ImageFile.Read(path)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(reason);
        message.ShouldNotContain("\n");
    }
}
