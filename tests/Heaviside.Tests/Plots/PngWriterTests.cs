using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Heaviside.Plots;

namespace Heaviside.Tests.Plots;

public sealed class PngWriterTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    public void Write_AnyImage_CanBeDecodedToTheSamePixels(int channels, byte colorType)
    {
        var image = new RasterImage(7, 5, channels);
        new Random(1).NextBytes(image.Pixels);

        var chunks = Chunks(Bytes(image));

        chunks.Select(c => c.Type).ShouldBe(["IHDR", "IDAT", "IEND"]);
        chunks[0].Data.ShouldBe([0, 0, 0, 7, 0, 0, 0, 5, 8, colorType, 0, 0, 0]);
        var rows = Inflate(chunks[1].Data);
        rows.Length.ShouldBe(5 * (1 + 7 * channels));
        rows.Chunk(1 + 7 * channels).SelectMany(row => { row[0].ShouldBe((byte)0); return row[1..]; }).ShouldBe(image.Pixels);
    }

    [Fact]
    public void Write_EmptyLastChunk_HasTheKnownChecksum() =>
        Bytes(new RasterImage(1, 1, 1))[^12..].ShouldBe([0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82]);

    [Fact]
    public void Write_SameImageTwice_GivesTheSameBytes()
    {
        var image = new RasterImage(64, 64, 3);
        new Random(2).NextBytes(image.Pixels);

        Bytes(image).ShouldBe(Bytes(image));
    }

    private static byte[] Bytes(RasterImage image)
    {
        var stream = new MemoryStream();
        PngWriter.Write(stream, image);
        return stream.ToArray();
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        png[..8].ShouldBe([137, 80, 78, 71, 13, 10, 26, 10]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)).ShouldBe(BitwiseCrc(png.AsSpan(at + 4, 4 + length)));
            at += 12 + length;
        }
        return chunks;
    }

    private static uint BitwiseCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            for (var bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ (((crc ^ (uint)(b >> bit)) & 1) * 0xEDB88320);
        return ~crc;
    }

    private static byte[] Inflate(byte[] data)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        var plain = new MemoryStream();
        zlib.CopyTo(plain);
        return plain.ToArray();
    }
}
