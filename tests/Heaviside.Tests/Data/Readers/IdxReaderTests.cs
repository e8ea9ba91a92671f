using Heaviside.Data.Readers;

namespace Heaviside.Tests.Data.Readers;

public sealed class IdxReaderTests : IDisposable
{
    private static readonly byte[] images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255];
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_ValidFile_GivesShapeAndBytes(bool packed)
    {
        var path = folder.Write("images", packed ? TempFolder.Gzip(images) : images);
        IdxReader.Read(path, 2, 2, 3).ShouldBe(images[16..]);
    }

    [Theory]
    [InlineData(0, 1, "no IDX file")]
    [InlineData(2, 0x0D, "element type 0x0D")]
    [InlineData(3, 1, "1 dimensions, expected 3")]
    [InlineData(7, 1, "has 1 x 2 x 3 elements, expected 2 x 2 x 3")]
    [InlineData(7, 0, "has 0 x 2 x 3 elements")]
    [InlineData(4, 0xFF, "has 4278190082 x 2 x 3 elements")]
    public void Read_WrongHeader_NamesFileAndReason(int position, byte value, string reason)
    {
        byte[] wrong = [.. images];
        wrong[position] = value;
        foreach (var contents in new[] { wrong, TempFolder.Gzip(wrong) })
        {
            var path = folder.Write("images", contents);
            var message = Should.Throw<InputException>(() => IdxReader.Read(path, 2, 2, 3)).Message;
            message.ShouldStartWith(path);
            message.ShouldContain(reason);
        }
    }

    [Fact]
    public void Read_MissingFile_IsInputException() =>
        Should.Throw<InputException>(() => IdxReader.Read(Path.Combine(folder.Path, "nothing"), 2, 2, 3)).Message.ShouldContain("nothing");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_HugeHeader_AllocatesLittle(bool packed)
    {
        byte[] huge = [.. images];
        huge[4] = 0x10; // 2^28 images: 1.6 GB
        var path = folder.Write("images", packed ? TempFolder.Gzip(huge) : huge);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InputException>(() => IdxReader.Read(path, 2, 2, 3));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void Read_OtherLength_IsRefused()
    {
        foreach (var pack in new Func<byte[], byte[]>[] { bytes => bytes, TempFolder.Gzip })
        {
            Should.Throw<InputException>(() => IdxReader.Read(folder.Write("images", pack(images[..^1])), 2, 2, 3)).Message.ShouldContain("truncated");
            Should.Throw<InputException>(() => IdxReader.Read(folder.Write("images", pack([.. images, 0])), 2, 2, 3)).Message.ShouldContain("longer");
        }
    }

    [Fact]
    public void Read_LargePackedFile_GivesTheWhole()
    {
        var large = new byte[16 + 300_000];
        new byte[] { 0, 0, 8, 1, 0, 4, 0x93, 0xE0 }.CopyTo(large, 0);
        new Random(1).NextBytes(large.AsSpan(8, 300_000));
        var path = folder.Write("labels", TempFolder.Gzip(large[..300_008]));
        IdxReader.Read(path, 300_000).ShouldBe(large[8..300_008]);
    }

    [Fact]
    public void Read_Truncated_IsRefused()
    {
        Damage.EveryTruncationIsRefused(images, path => IdxReader.Read(path, 2, 2, 3));
        Damage.EveryTruncationIsRefused(TempFolder.Gzip(images), path => IdxReader.Read(path, 2, 2, 3));
    }

    [Fact]
    public void Read_Damaged_ThrowsOnlyInputException()
    {
        Damage.OnlyInputExceptions(images, path => IdxReader.Read(path, 2, 2, 3));
        Damage.OnlyInputExceptions(TempFolder.Gzip(images), path => IdxReader.Read(path, 2, 2, 3));
    }
}
