using System.Buffers.Binary;
using System.IO.Compression;
using Heaviside.Files;

namespace Heaviside.Plots;

/// <summary>Writes images as PNG (ISO/IEC 15948); the same image gives the same bytes.</summary>
public static class PngWriter
{
    /// <summary>Writes a file, all or nothing.</summary>
    public static void Write(string path, RasterImage image) => AtomicFile.Write(path, stream => Write(stream, image));

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, RasterImage image)
    {
        stream.Write([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8; // bits per channel
        header[9] = image.Channels == 1 ? (byte)0 : (byte)2; // gray or RGB
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(image));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static ReadOnlySpan<byte> Compress(RasterImage image)
    {
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var stride = image.Width * image.Channels;
            for (var row = 0; row < image.Height; row++)
            {
                zlib.WriteByte(0); // this row is not filtered
                zlib.Write(image.Pixels, row * stride, stride);
            }
        }
        return data.GetBuffer().AsSpan(0, (int)data.Length);
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        stream.Write(number);
    }
}
