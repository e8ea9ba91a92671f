using System.IO.Compression;
using Heaviside.Data.Readers;

namespace Heaviside.Tests.Data.Readers;

public sealed class GzipMembersTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Sizes around those of blocks, so that a member ends where a block does.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Read_SeveralMembers_GivesAllContents(int members)
    {
        var random = new Random(members);
        foreach (var size in new[] { 0, 1, 19, 20, 21, 8_171, 8_192, 65_536, 65_516, 200_000 })
        {
            var contents = new byte[size];
            random.NextBytes(contents);
            byte[] packed = [.. contents.Chunk(Math.Max(1, size / members)).SelectMany(Stored)];
            if (packed.Length == 0) packed = Stored([]);
            using var stream = new GzipMembers(new MemoryStream(packed));
            using var unpacked = new MemoryStream();
            stream.CopyTo(unpacked);
            unpacked.ToArray().ShouldBe(contents, $"{size} bytes");
        }
    }

    // Every length of the compressed bytes near a block's, whose end is that of the first member.
    [Fact]
    public void Read_MemberThatEndsWithABlock_GoesOn()
    {
        for (var size = 8_192 - 60; size < 8_192 + 20; size++)
        {
            var contents = new byte[size];
            new Random(size).NextBytes(contents);
            using var stream = new GzipMembers(new MemoryStream([.. Stored(contents), .. Stored([1, 2, 3])]));
            using var unpacked = new MemoryStream();
            stream.CopyTo(unpacked);
            unpacked.ToArray().ShouldBe([.. contents, 1, 2, 3], $"{size} bytes");
        }
    }

    [Fact]
    public void Readers_SeveralMembers_ReadAll()
    {
        byte[] Packed(byte[] file) => [.. file.Chunk((file.Length / 3) + 1).SelectMany(TempFolder.Gzip)];
        AmatReader.Read(folder.Write("amat", Packed("0 1 1\n1 0 0\n"u8.ToArray())), 2, 3).ShouldBe(new byte[] { 0, 1, 1, 1, 0, 0 });
        IdxReader.Read(folder.Write("idx", Packed([0, 0, 8, 1, 0, 0, 0, 4, 1, 2, 3, 4])), 4).ShouldBe(new byte[] { 1, 2, 3, 4 });
        CifarReader.Read(folder.Write("cifar", Packed([3, .. new byte[3072]])), 1).Labels.ShouldBe(new byte[] { 3 });
    }

    private static byte[] Stored(byte[] contents)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression)) gzip.Write(contents);
        return packed.ToArray();
    }
}
