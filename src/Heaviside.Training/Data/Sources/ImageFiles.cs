using Heaviside.Pictures;

namespace Heaviside.Data.Sources;

/// <summary>Reads image files of one size into one array.</summary>
internal static class ImageFiles
{
    /// <summary>Reads the files in parallel; the array is colored where one of them is.</summary>
    /// <exception cref="InputException">A file is damaged or has another size than the first, or all together are too large.</exception>
    public static ImageArray Read(string folder, IReadOnlyList<string> files)
    {
        var first = ImageFile.Read(files[0]);
        if ((long)files.Count * first.Width * first.Height * 3 > Array.MaxLength)
            throw new InputException($"{folder}: {files.Count:N0} images of {first.Width} x {first.Height} pixels are more than fit: make them smaller");
        var images = new RasterImage[files.Count];
        try
        {
            Parallel.For(0, files.Count, i =>
            {
                var image = i == 0 ? first : ImageFile.Read(files[i]);
                if ((image.Width, image.Height) != (first.Width, first.Height))
                    throw new InputException($"{files[i]}: is of {image.Width} x {image.Height} pixels, but {files[0]} of {first.Width} x {first.Height}: all must have one size");
                images[i] = image;
            });
        }
        catch (AggregateException error) when (error.InnerExceptions.OfType<InputException>().FirstOrDefault() is { } wrong)
        {
            throw new InputException(wrong.Message, error);
        }

        var channels = images.Max(i => i.Channels);
        var size = channels * first.Width * first.Height;
        var pixels = new byte[files.Count * size];
        for (var i = 0; i < images.Length; i++)
        {
            WritePlanes(images[i], channels, pixels.AsSpan(i * size, size));
            images[i] = null!; // the memory of one is free while the next is written
        }

        return new(pixels, channels, first.Height, first.Width, Labels: null);
    }

    private static void WritePlanes(RasterImage image, int channels, Span<byte> planes)
    {
        var (plane, from) = (image.Width * image.Height, image.Pixels);
        for (var c = 0; c < channels; c++)
            for (var p = 0; p < plane; p++) planes[(c * plane) + p] = from[(p * image.Channels) + Math.Min(c, image.Channels - 1)];
    }
}
