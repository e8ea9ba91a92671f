namespace Heaviside.Data.Readers;

/// <summary>Reads CIFAR-10's binary batches, plain or gzip.</summary>
/// <remarks>Layout: records of 3,073 bytes, a label from 0 to 9 followed by the red, the green and the blue plane of 32 x 32.</remarks>
public static class CifarReader
{
    /// <summary>Bytes of one image: 3 x 32 x 32.</summary>
    public const int ImageSize = 3 * 32 * 32;

    private const int Classes = 10;

    /// <summary>Reads a batch of exactly <paramref name="count"/> images: labels <c>[count]</c> and pixels <c>[count, 3, 32, 32]</c>.</summary>
    /// <exception cref="InputException">The file is missing, damaged, too short or too long, or a label is above 9.</exception>
    public static (byte[] Labels, byte[] Pixels) Read(string path, int count = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var source = ByteSource.Open(path);
        var records = source.ReadArray(checked(count * (1 + ImageSize)), $"{count} records of {1 + ImageSize}");
        source.ExpectEnd();
        var labels = new byte[count];
        var pixels = new byte[count * ImageSize];
        for (var i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> record = records.AsSpan(i * (1 + ImageSize), 1 + ImageSize);
            labels[i] = record[0] < Classes ? record[0] : throw source.Error($"record {i} has label {record[0]}, expected 0 to 9");
            record[1..].CopyTo(pixels.AsSpan(i * ImageSize));
        }
        return (labels, pixels);
    }
}
