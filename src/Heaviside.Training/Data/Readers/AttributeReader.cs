namespace Heaviside.Data.Readers;

/// <summary>Reads CelebA's attribute tables and partitions: text files with an image's name at the beginning of a line, plain or gzip.</summary>
/// <remarks>A table begins with the number of images and the attributes' names, one line each; then comes a line per image,
/// its name and 1 or -1 for each attribute. A partition has a name and 0 (training), 1 (validation) or 2 (test) in each line. As
/// comma-separated values both begin with one line, the columns' names, and fields have no quotation marks.</remarks>
public static class AttributeReader
{
    // Ten times as many as CelebA has.
    private const int MostImages = 2_000_000;

    // 64 values take less than 300 bytes, a file's name less than 256.
    private const int LongestLine = 4096;

    /// <summary>The images' names, in the file's order, and their attributes.</summary>
    /// <exception cref="InputException">The file is missing, or a line is wrong: the message has its number.</exception>
    public static (IReadOnlyList<string> Images, AttributeTable Attributes) ReadTable(string path)
    {
        using var source = ByteSource.Open(path);
        using var lines = source.ReadLines(LongestLine).GetEnumerator();
        var first = lines.MoveNext() ? lines.Current : "";
        int? count = IsCsv(first) ? null : int.TryParse(first, out var n) ? n : throw Error(path, 1, "expected the number of images");
        var names = count is null ? Words(first)[1..] : lines.MoveNext() ? Words(lines.Current) : [];
        var header = count is null ? 1 : 2;
        if (names.Length is < 1 or > 64 || names.Distinct().Count() != names.Length) throw Error(path, header, $"expected 1 to 64 different names of attributes, found {names.Length}");
        if (count > MostImages) throw Error(path, 1, $"says {count} images, more than {MostImages} are not read");

        var (images, rows, follow) = (new List<string>(), new List<ulong>(), 0);
        while (lines.MoveNext())
        {
            if (++follow > count) continue; // counted only
            if (follow > MostImages) throw Error(path, header + follow, $"more than {MostImages} images are not read");
            var words = Words(lines.Current);
            if (words.Length != 1 + names.Length) throw Error(path, header + follow, $"expected an image and {names.Length} values, found {Math.Max(0, words.Length - 1)} values");
            images.Add(words[0]);
            rows.Add(Bits(words.AsSpan(1), names, (name, value) => Error(path, header + follow, $"{name} is '{value}', expected 1 or -1")));
        }

        if (count is not null && count != follow) throw Error(path, 1, $"says {count} images, {follow} follow");
        return follow > 0 ? (images, new(names, rows.ToArray())) : throw Error(path, header, "no image follows");
    }

    /// <summary>The part that each image belongs to.</summary>
    /// <exception cref="InputException">The file is missing, or a line is wrong: the message has its number.</exception>
    public static IReadOnlyDictionary<string, Split> ReadPartition(string path)
    {
        var parts = new Dictionary<string, Split>();
        using var source = ByteSource.Open(path);
        foreach (var (index, line) in source.ReadLines(LongestLine).Index())
        {
            if (index >= MostImages) throw Error(path, index + 1, $"more than {MostImages} images are not read");
            if (Words(line) is not [var image, ("0" or "1" or "2") and var part])
            {
                if (index == 0 && IsCsv(line)) continue; // the columns' names
                throw Error(path, index + 1, $"expected an image and 0, 1 or 2, found '{line.Trim()}'");
            }

            if (!parts.TryAdd(image, (Split)(part[0] - '0'))) throw Error(path, index + 1, $"has {image} a second time");
        }

        return parts;
    }

    /// <summary>An error that names a line, counted from 1.</summary>
    internal static InputException Error(string path, int line, string reason) => new($"{path}: line {line}: {reason}");

    private static ulong Bits(ReadOnlySpan<string> values, string[] names, Func<string, string, Exception> wrong)
    {
        var bits = 0UL;
        for (var a = 0; a < names.Length; a++)
            bits |= values[a] switch { "1" => 1UL << a, "-1" => 0, var other => throw wrong(names[a], other) };
        return bits;
    }

    private static bool IsCsv(string line) => line.Contains(',');

    private static string[] Words(string line) => IsCsv(line)
        ? line.Split(',', StringSplitOptions.TrimEntries)
        : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
