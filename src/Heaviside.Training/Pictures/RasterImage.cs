namespace Heaviside.Pictures;

/// <summary>An image of 8 bits per channel: gray (1 channel) or red, green, blue (3 channels).</summary>
public sealed class RasterImage
{
    /// <summary>A black image.</summary>
    public RasterImage(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "expected 1 or 3");
        (Width, Height, Channels) = (width, height, channels);
        Pixels = new byte[checked(width * height * channels)];
    }

    /// <summary>The number of columns.</summary>
    public int Width { get; }

    /// <summary>The number of rows.</summary>
    public int Height { get; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; }

    /// <summary>The values, <c>[height, width, channels]</c>, rows from the top.</summary>
    public byte[] Pixels { get; }

    /// <summary>The channels of one pixel.</summary>
    public Span<byte> this[int row, int column] => Pixels.AsSpan((row * Width + column) * Channels, Channels);
}
