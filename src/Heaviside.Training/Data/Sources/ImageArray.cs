namespace Heaviside.Data.Sources;

/// <summary>Images of a user's own in one array, not yet split.</summary>
/// <param name="Pixels">All pixels, <c>[Count, Channels, Height, Width]</c>.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Labels">The classes, <c>[Count]</c>, or null.</param>
internal sealed record ImageArray(byte[] Pixels, int Channels, int Height, int Width, byte[]? Labels)
{
    /// <summary>What the classes are called; none where they are numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>How many there are.</summary>
    public int Count => Pixels.Length / (Channels * Height * Width);

    /// <summary>The images as a set to train on.</summary>
    public TrainingData ToData(string name, string source, Partition partition)
    {
        var classes = Labels is null ? "" : ClassNames.Count > 0 ? $" in {ClassNames.Count} classes ({string.Join(", ", ClassNames)})" : $" in {Labels.Max() + 1} classes";
        var color = Channels == 1 ? "grey" : "color";
        DataSet set = new(name, $"{source}: {Count:N0} images of {Height} x {Width}, {color}{classes}; {partition}",
            Part(Split.Train, partition), Part(Split.Validation, partition), Part(Split.Test, partition))
        {
            IsBinary = Pixels.AsSpan().IndexOfAnyExcept((byte)0, (byte)255) < 0,
            ClassNames = ClassNames,
        };
        return new ImageData(set, set.DefaultBinarization);
    }

    private ImageSet Part(Split split, Partition partition)
    {
        var (members, size) = (partition.Part(split), Channels * Height * Width);
        var pixels = new byte[members.Count * size];
        for (var i = 0; i < members.Count; i++) Pixels.AsSpan(members[i] * size, size).CopyTo(pixels.AsSpan(i * size));
        var labels = Labels is null ? default(ReadOnlyMemory<byte>?) : members.Select(i => Labels[i]).ToArray();
        return new(pixels, Channels, Height, Width, labels) { Split = split };
    }
}
