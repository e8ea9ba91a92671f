namespace Heaviside.Data;

/// <summary>Images decoded once: one byte a pixel, <c>[Count, Channels, Height, Width]</c>, 0 (off) to 255 (fully on).</summary>
/// <remarks>Sets that are binary already hold 0 and 255 only.</remarks>
public sealed class ImageSet
{
    /// <summary>Wraps pixels (not copied) and, where there are any, one label an image.</summary>
    /// <exception cref="ArgumentException">A length does not fit the sizes.</exception>
    public ImageSet(ReadOnlyMemory<byte> pixels, int channels, int height, int width, ReadOnlyMemory<byte>? labels = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (Channels, Height, Width, Pixels, Labels) = (channels, height, width, pixels, labels);
        if (pixels.Length == 0 || pixels.Length % ImageSize != 0)
            throw new ArgumentException($"expected a positive multiple of {channels} x {height} x {width} pixels, got {pixels.Length}", nameof(pixels));
        Count = pixels.Length / ImageSize;
        if (labels is { } given && given.Length != Count)
            throw new ArgumentException($"expected {Count} labels, got {given.Length}", nameof(labels));
    }

    /// <summary>All images one after the other, <c>[Count, Channels, Height, Width]</c>.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>The images' classes, <c>[Count]</c>, or null where the set has none.</summary>
    public ReadOnlyMemory<byte>? Labels { get; }

    /// <summary>What is on or off in each image, or null where the set has no attributes.</summary>
    /// <exception cref="ArgumentException">It is of another number of images.</exception>
    public AttributeTable? Attributes
    {
        get;
        init => field = value is null || value.Count == Count ? value : throw new ArgumentException($"expected attributes of {Count} images, got {value.Count}", nameof(Attributes));
    }

    /// <summary>How many images there are, at least 1.</summary>
    public int Count { get; }

    /// <summary>Color planes: 1 for grey and binary images, 3 for red, green, blue.</summary>
    public int Channels { get; }

    /// <summary>Rows of pixels.</summary>
    public int Height { get; }

    /// <summary>Columns of pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels of one image, all channels.</summary>
    public int ImageSize => Channels * Height * Width;

    /// <summary>The part these images are used as; <see cref="Split.Train"/> unless said otherwise.</summary>
    public Split Split { get; init; }

    /// <summary>The mean of all pixels, in [0, 1].</summary>
    public double MeanPixel
    {
        get
        {
            long sum = 0;
            foreach (var pixel in Pixels.Span) sum += pixel;
            return sum / (255.0 * Pixels.Length);
        }
    }

    /// <summary>The pixels of one image, <c>[Channels, Height, Width]</c>.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.Span.Slice(index * ImageSize, ImageSize);

    /// <summary>The mean of every pixel over the images, <c>[Channels, Height, Width]</c>, in [0, 1].</summary>
    public float[] PixelMeans()
    {
        var sums = new long[ImageSize];
        for (var i = 0; i < Count; i++)
        {
            var image = Image(i);
            for (var p = 0; p < sums.Length; p++) sums[p] += image[p];
        }
        return Array.ConvertAll(sums, sum => (float)(sum / (255.0 * Count)));
    }

    /// <summary>The images from <paramref name="start"/> on as a set of their own that shares the pixels.</summary>
    public ImageSet Slice(int start, int count, Split split) =>
        new(Pixels.Slice(start * ImageSize, count * ImageSize), Channels, Height, Width, Labels?.Slice(start, count)) { Split = split, Attributes = Attributes?.Slice(start, count) };

    /// <summary>The images as a model sees them: <c>pixels</c>, <c>[ImageSize]</c> in [0, 1], and <c>labels</c> where there are any.</summary>
    /// <param name="binarization">What becomes of grey values.</param>
    /// <param name="augmentation">How images are changed anew in every epoch.</param>
    public Examples ToExamples(Binarization binarization, Augmentation augmentation = Augmentation.None)
    {
        Field pixels = new(ImageData.Pixels, [ImageSize], (image, seed, epoch, values) =>
        {
            binarization.Write(this, image, seed, epoch, values);
            if (augmentation == Augmentation.CropFlip) CropFlip.Apply(this, image, seed, epoch, values);
        });
        if (Labels is not { } classes) return new(Count, pixels);
        return new(Count, pixels, new Field(ImageData.Labels, [], (int image, ulong _, int _, Span<long> values) => values[0] = classes.Span[image]));
    }
}
