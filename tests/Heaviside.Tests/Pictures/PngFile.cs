using System.Buffers.Binary;
using System.IO.Compression;

namespace Heaviside.Tests.Pictures;

/// <summary>PNG files of any kind, made by hand; the checksums are computed bit by bit.</summary>
internal static class PngFile
{
    public static byte[] Make(int width, int height, byte color, byte[] filteredRows, byte[]? palette = null, byte bits = 8, byte interlace = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (bits, color, interlace);
        var data = Deflate(filteredRows);
        return
        [
            137, 80, 78, 71, 13, 10, 26, 10,
            .. Chunk("IHDR"u8, header), .. palette is null ? [] : Chunk("PLTE"u8, palette), .. Chunk("tEXt"u8, "a comment"u8.ToArray()),
            .. Chunk("IDAT"u8, data[..3]), .. Chunk("IDAT"u8, data[3..]), .. Chunk("IEND"u8, []),
        ];
    }

    public static byte[] Chunk(ReadOnlySpan<byte> name, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        name.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Sum(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            for (var bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ (((crc ^ (uint)(b >> bit)) & 1) * 0xEDB88320);
        return ~crc;
    }

    private static byte[] Deflate(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest)) zlib.Write(bytes);
        return stream.ToArray();
    }
}
