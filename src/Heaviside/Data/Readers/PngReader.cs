using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Heaviside.Files;
using Heaviside.Plots;

namespace Heaviside.Data.Readers;

/// <summary>Reads PNG images (ISO/IEC 15948) of 8 bits a channel: gray, RGB or palette. Opacity is left out; interlaced images are refused.</summary>
public static class PngReader
{
    // What zlib can make of one byte at most: a header that promises more than that is damaged.
    private const int MostPerCompressedByte = 1032;
    private const int MostPixels = 1 << 28;
    private static readonly byte[] Signature = [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8];

    /// <summary>The image as gray (1 channel), of gray files, or RGB (3 channels), of all others.</summary>
    /// <exception cref="InputException">The file is missing, damaged, no PNG or of a kind that is not read.</exception>
    public static RasterImage Read(string path)
    {
        using var source = ByteSource.Open(path);
        RequireSignature(source);
        var (type, data) = ReadChunk(source);
        if (type != "IHDR" || data.Length != 13) throw source.Error("is damaged: it does not begin with a header");
        var header = ReadHeader(source, data);
        byte[] palette = [];
        using var compressed = new MemoryStream();
        while (((type, data) = ReadChunk(source)).type != "IEND")
        {
            if (type == "IDAT") compressed.Write(data);
            else if (type == "PLTE") palette = data;
            else if (char.IsUpper(type[0])) throw source.Error($"has a chunk of unknown kind '{type}' that readers must know");
        }

        source.ExpectEnd();
        return ToImage(source, header, palette, Rows(source, path, header, compressed));
    }

    private static void RequireSignature(ByteSource source)
    {
        Span<byte> begin = stackalloc byte[8];
        source.ReadExactly(begin, "the signature");
        if (begin is [0xFF, 0xD8, 0xFF, ..])
            throw source.Error("is a JPEG image, which is not read: convert it to PNG once, such as with: mogrify -format png *.jpg");
        if (!begin.SequenceEqual(Signature)) throw source.Error("is no PNG image");
    }

    private static (string Type, byte[] Data) ReadChunk(ByteSource source)
    {
        Span<byte> head = stackalloc byte[8], sum = stackalloc byte[4];
        source.ReadExactly(head, "a chunk's head");
        var name = Encoding.Latin1.GetString(head[4..]);
        if (name.Any(c => !char.IsAsciiLetter(c))) throw source.Error("is damaged: what should be a chunk's name has other signs than letters");
        var data = source.ReadArray(BinaryPrimitives.ReadUInt32BigEndian(head), $"chunk {name}");
        source.ReadExactly(sum, $"the checksum of chunk {name}");
        return BinaryPrimitives.ReadUInt32BigEndian(sum) == Crc32.Of(head[4..], data)
            ? (name, data)
            : throw source.Error($"is damaged: chunk {name} does not have its checksum");
    }

    private static Header ReadHeader(ByteSource source, byte[] data)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(4)));
        if (width < 1 || height < 1) throw source.Error($"is damaged: it says to be of {width} x {height} pixels");
        if ((long)width * height > MostPixels) throw source.Error($"has {width} x {height} pixels, more than {MostPixels} are not read");
        int bits = data[8], color = data[9];
        if (color is not (0 or 2 or 3 or 4 or 6) || data[10] != 0 || data[11] != 0) throw source.Error("is damaged: its header has values that PNG does not know");
        if (bits != 8) throw source.Error($"has {bits} bits a channel, only 8 are read: convert it");
        if (data[12] != 0) throw source.Error("is interlaced, which is not read: convert it");
        return new(width, height, color);
    }

    /// <summary>The bytes of all rows without their filters, <c>[height, width, channels of the file]</c>.</summary>
    private static byte[] Rows(ByteSource source, string path, Header header, MemoryStream compressed)
    {
        var stride = (long)header.Width * header.FileChannels;
        var length = header.Height * (1 + stride);
        if (length > compressed.Length * MostPerCompressedByte)
            throw source.Error($"is damaged: {compressed.Length} compressed bytes are too few for {header.Width} x {header.Height} pixels");
        compressed.Position = 0;
        using var inflated = new ByteSource(new ZLibStream(compressed, CompressionMode.Decompress), path, null);
        var filtered = inflated.ReadArray(length, "pixels");
        inflated.ExpectEnd();
        return Unfilter(source, filtered, (int)stride, header);
    }

    // Each byte is what is stored plus a prediction from the same channel of the pixels to the left, above, and above that one.
    private static byte[] Unfilter(ByteSource source, byte[] filtered, int stride, Header header)
    {
        var pixels = new byte[header.Height * stride];
        for (var y = 0; y < header.Height; y++)
        {
            var stored = filtered.AsSpan((y * (1 + stride)) + 1, stride);
            var row = pixels.AsSpan(y * stride, stride);
            var above = y > 0 ? pixels.AsSpan((y - 1) * stride, stride) : new byte[stride];
            var filter = filtered[y * (1 + stride)];
            if (filter > 4) throw source.Error($"is damaged: row {y} has filter {filter}, expected 0 to 4");
            for (var i = 0; i < stride; i++)
            {
                int a = i < header.FileChannels ? 0 : row[i - header.FileChannels], b = above[i], c = i < header.FileChannels ? 0 : above[i - header.FileChannels];
                row[i] = (byte)(stored[i] + filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => Paeth(a, b, c) });
            }
        }

        return pixels;
    }

    private static int Paeth(int a, int b, int c)
    {
        int pa = Math.Abs(b - c), pb = Math.Abs(a - c), pc = Math.Abs(a + b - c - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    private static RasterImage ToImage(ByteSource source, Header header, byte[] palette, byte[] rows)
    {
        var image = new RasterImage(header.Width, header.Height, header.IsGray ? 1 : 3);
        for (var p = 0; p < header.Width * header.Height; p++)
        {
            var to = image.Pixels.AsSpan(p * image.Channels, image.Channels);
            if (!header.HasPalette) rows.AsSpan(p * header.FileChannels, to.Length).CopyTo(to);
            else if ((rows[p] * 3) + 3 <= palette.Length) palette.AsSpan(rows[p] * 3, 3).CopyTo(to);
            else throw source.Error($"is damaged: a pixel has color {rows[p]} of a palette of {palette.Length / 3}");
        }

        return image;
    }

    private readonly record struct Header(int Width, int Height, int Color)
    {
        public bool IsGray => (Color & 2) == 0;

        public bool HasPalette => Color == 3;

        public int FileChannels => Color switch { 0 or 3 => 1, 4 => 2, 2 => 3, _ => 4 };
    }
}
