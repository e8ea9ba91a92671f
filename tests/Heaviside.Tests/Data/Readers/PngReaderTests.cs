using Heaviside.Data.Readers;
using Heaviside.Plots;

namespace Heaviside.Tests.Data.Readers;

public sealed class PngReaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Read_WhatTheWriterWrote_IsTheSameImage(int channels)
    {
        var image = new RasterImage(7, 5, channels);
        new Random(1).NextBytes(image.Pixels);
        var path = Path.Combine(folder.Path, "image.png");
        PngWriter.Write(path, image);
        var read = PngReader.Read(path);
        (read.Width, read.Height, read.Channels).ShouldBe((7, 5, channels));
        read.Pixels.ShouldBe(image.Pixels);
    }

    // Two gray pixels a row; the predictions are 0, left, above, their mean rounded down, and the nearest of the three to left + above - corner.
    [Fact]
    public void Read_EveryFilter_AddsItsPrediction() =>
        Read(PngFile.Make(2, 5, 0, [0, 10, 20, 1, 5, 250, 2, 1, 2, 3, 100, 3, 4, 7, 9])).Pixels
            .ShouldBe([10, 20, 5, 255, 6, 1, 103, 55, 110, 64]);

    [Fact]
    public void Read_FiltersOfSeveralChannels_PredictFromTheSameChannel()
    {
        var image = Read(PngFile.Make(2, 2, 2, [1, 1, 2, 3, 10, 20, 30, 4, 1, 1, 1, 2, 2, 2]));
        image.Channels.ShouldBe(3);
        image.Pixels.ShouldBe([1, 2, 3, 11, 22, 33, 2, 3, 4, 13, 24, 35]);
    }

    // left + above - corner is nearest to left (10 of 8), to above (21 of 20), and to the corner (20 of 20).
    [Theory]
    [InlineData(22, 20, 15)]
    [InlineData(9, 20, 25)]
    [InlineData(20, 30, 25)]
    public void Read_LastFilter_PredictsFromTheNearest(byte corner, byte above, byte expected) =>
        Read(PngFile.Make(2, 2, 0, [0, corner, above, 4, (byte)(10 - corner), 5])).Pixels.ShouldBe([corner, above, 10, expected]);

    [Fact]
    public void Read_Opacity_IsLeftOut()
    {
        Read(PngFile.Make(2, 1, 4, [0, 7, 255, 9, 0])).Pixels.ShouldBe([7, 9]);
        Read(PngFile.Make(2, 1, 6, [0, 1, 2, 3, 255, 4, 5, 6, 0])).Pixels.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void Read_Palette_GivesItsColors()
    {
        byte[] palette = [1, 2, 3, 40, 50, 60];
        Read(PngFile.Make(3, 1, 3, [0, 1, 0, 1], palette)).Pixels.ShouldBe([40, 50, 60, 1, 2, 3, 40, 50, 60]);
        Refused(PngFile.Make(3, 1, 3, [0, 1, 0, 2], palette), "a pixel has color 2 of a palette of 2");
    }

    [Fact]
    public void Read_WhatIsNotRead_SaysWhatAndWhatToDo()
    {
        Refused(PngFile.Make(2, 1, 0, [0, 1, 2], bits: 16), "has 16 bits a channel, only 8 are read: convert it");
        Refused(PngFile.Make(2, 1, 0, [0, 1, 2], interlace: 1), "is interlaced");
        Refused([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46], "is a JPEG image, which is not read: convert it to PNG once");
        Refused([.. "GIF89a and more"u8], "is no PNG image");
        Refused([], "is truncated");
    }

    [Fact]
    public void Read_Damaged_SaysWhat()
    {
        Refused(PngFile.Make(2, 1, 0, [5, 1, 2]), "row 0 has filter 5, expected 0 to 4");
        Refused(PngFile.Make(2, 1, 0, [0, 1]), "is truncated: 1 bytes of pixels");
        Refused(PngFile.Make(2, 1, 0, [0, 1, 2, 3]), "is longer than its contents should be");
        Refused(PngFile.Make(0, 1, 0, [0]), "it says to be of 0 x 1 pixels");
        Refused(PngFile.Make(2, 1, 5, [0, 1, 2]), "values that PNG does not know");
        Refused(PngFile.Make(10_000, 10_000, 0, [0, 1, 2]), "are too few for 10000 x 10000 pixels"); // before any of it is allocated
        var sum = PngFile.Make(2, 1, 0, [0, 1, 2]);
        sum[20] ^= 1;
        Refused(sum, "chunk IHDR does not have its checksum");
        var unknown = PngFile.Make(2, 1, 0, [0, 1, 2]);
        Refused([.. unknown[..33], .. PngFile.Chunk("ABCD"u8, [1]), .. unknown[33..]], "chunk of unknown kind 'ABCD'");
    }

    [Fact]
    public void Read_DamagedOrCut_ThrowsOnlyInputException()
    {
        var valid = PngFile.Make(3, 4, 2, [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 10 == 0 ? i / 10 : 7 * i))]);
        Damage.EveryTruncationIsRefused(valid, path => PngReader.Read(path));
        Damage.OnlyInputExceptions(valid, path => PngReader.Read(path));
    }

    private RasterImage Read(byte[] file) => PngReader.Read(folder.Write("image.png", file));

    private void Refused(byte[] file, string reason)
    {
        var path = folder.Write("image.png", file);
        var message = Should.Throw<InputException>(() => PngReader.Read(path)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(reason);
    }
}
