using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Heaviside.Files;
using SkiaSharp;

namespace Heaviside.Pictures;

/// <summary>Reads and writes images as PNG or JPEG files, through SkiaSharp.</summary>
/// <example><code>ImageFile.Write("samples.png", new ImageGrid { Columns = 8 }.Arrange(pixels, 64, 1, 28, 28));</code></example>
public static class ImageFile
{
    private const int JpegQuality = 92;
    private const int MostPixels = 1 << 24, UsualPixels = 1 << 20;

    // Four channels of 16 bits a pixel, and as much again for what is no pixel.
    private const long MostBytes = 16L * MostPixels;

    // Several threads at once would take several times the memory of such an image.
    private static readonly Lock OneLargeImage = new();

    // What zlib can make of one bit at most: a header that promises more than that is damaged.
    private const int MostPixelsPerByte = 8 * 1032;

    private static readonly byte[] PngBegin = [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8];
    private static readonly byte[] PngEnd = [0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];
    private static readonly byte[] JpegBegin = [0xFF, 0xD8, 0xFF], JpegEnd = [0xFF, 0xD9];

    /// <summary>Writes a file, all or nothing: JPEG where the name ends in <c>.jpg</c> or <c>.jpeg</c>, else PNG. The same image gives the same bytes.</summary>
    /// <exception cref="IOException">The folder is missing, or the disk is full or fails.</exception>
    public static void Write(string path, RasterImage image)
    {
        var isJpeg = Path.GetExtension(path).ToLowerInvariant() is ".jpg" or ".jpeg";
        using var pixels = image.Channels == 1 ? SKImage.FromPixelCopy(Info(image, SKColorType.Gray8), image.Pixels) : SKImage.FromPixelCopy(Info(image, SKColorType.Rgba8888), Widen(image));
        using var encoded = pixels.Encode(isJpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, JpegQuality);
        AtomicFile.Write(path, encoded.SaveTo);
    }

    /// <summary>Reads a file, PNG or JPEG by its first bytes: as gray (1 channel), if the file is that and has no opacity, else as RGB (3 channels).</summary>
    /// <remarks>Opacity is left out, values of 16 bits are rounded to 8, and neither a color profile nor an orientation is applied.</remarks>
    /// <exception cref="InputException">The file is missing, damaged, cut short, too large (more than 2^24 pixels), or neither PNG nor JPEG.</exception>
    public static RasterImage Read(string path)
    {
        var bytes = ReadBytes(path);
        var isPng = bytes.AsSpan().StartsWith(PngBegin);
        if (!isPng && !bytes.AsSpan().StartsWith(JpegBegin)) throw Error(path, bytes.Length == 0 ? "is empty" : "is neither a PNG nor a JPEG image");
        if (isPng ? !bytes.AsSpan().EndsWith(PngEnd) : bytes.AsSpan().LastIndexOf(JpegEnd) < 0) throw Error(path, "is truncated or damaged: it does not end as such an image does");
        if (isPng) RequirePossibleSize(path, bytes);
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data) ?? throw Error(path, "is damaged: it cannot be read as an image");
        return Decode(path, codec);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            var length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
            return length <= MostBytes ? File.ReadAllBytes(path) : throw Error(path, $"has {length} bytes, more than {MostBytes} are not read");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be opened: {e.Message}", e);
        }
    }

    // Before anything of that size is allocated.
    private static void RequirePossibleSize(string path, byte[] png)
    {
        var header = png.AsSpan(PngBegin.Length + 8); // behind the length and the name of the first chunk
        long width = header.Length < 8 ? 0 : BinaryPrimitives.ReadInt32BigEndian(header), height = header.Length < 8 ? 0 : BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        if (width < 1 || height < 1) throw Error(path, $"is damaged: it says to be of {width} x {height} pixels");
        RequireFewPixels(path, width, height);
        if (width * height / MostPixelsPerByte > png.Length) throw Error(path, $"is damaged: {png.Length} bytes are too few for {width} x {height} pixels");
    }

    private static void RequireFewPixels(string path, long width, long height)
    {
        if (width * height > MostPixels) throw Error(path, $"has {width} x {height} pixels, more than {MostPixels} are not read");
    }

    private static RasterImage Decode(string path, SKCodec codec)
    {
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        RequireFewPixels(path, width, height);
        if (width * height <= UsualPixels) return Decode(path, codec, width, height);
        lock (OneLargeImage) return Decode(path, codec, width, height);
    }

    private static RasterImage Decode(string path, SKCodec codec, int width, int height)
    {
        var isGray = codec.Info.ColorType == SKColorType.Gray8;
        var info = new SKImageInfo(width, height, isGray ? SKColorType.Gray8 : SKColorType.Rgba8888, isGray ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        var pixels = new byte[info.BytesSize];
        var handle = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            var result = codec.GetPixels(info, handle.AddrOfPinnedObject());
            if (result == SKCodecResult.IncompleteInput) throw Error(path, "is truncated: pixels are missing");
            if (result != SKCodecResult.Success) throw Error(path, "is damaged: its pixels cannot be read");
        }
        finally
        {
            handle.Free();
        }

        var image = new RasterImage(width, height, isGray ? 1 : 3);
        if (isGray) pixels.CopyTo(image.Pixels, 0);
        else for (var p = 0; p < width * height; p++) pixels.AsSpan(4 * p, 3).CopyTo(image.Pixels.AsSpan(3 * p));
        return image;
    }

    private static SKImageInfo Info(RasterImage image, SKColorType color) => new(image.Width, image.Height, color, SKAlphaType.Opaque);

    // Skia knows no pixels of three bytes.
    private static byte[] Widen(RasterImage image)
    {
        var wide = new byte[checked(4 * image.Width * image.Height)];
        Array.Fill(wide, byte.MaxValue);
        for (var p = 0; p < image.Width * image.Height; p++) image.Pixels.AsSpan(3 * p, 3).CopyTo(wide.AsSpan(4 * p));
        return wide;
    }

    private static InputException Error(string path, string reason) => new($"{path}: {reason}");
}
