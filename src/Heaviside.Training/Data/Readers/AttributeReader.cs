namespace Heaviside.Data.Readers;

/// <summary>Reads CelebA's attribute tables and partitions: text files with an image's name at the beginning of a line.</summary>
/// <remarks>A table begins with the number of images and the attributes' names, one line each; then comes a line per image,
/// its name and 1 or -1 for each attribute. A partition has a name and 0 (training), 1 (validation) or 2 (test) in each line.</remarks>
public static class AttributeReader
{
    /// <summary>The first line of a table that is about an image, counted from 1.</summary>
    public const int FirstImageLine = 3;

    /// <summary>The images' names, in the file's order, and their attributes.</summary>
    /// <exception cref="InputException">The file is missing, or a line is wrong: the message has its number.</exception>
    public static (IReadOnlyList<string> Images, AttributeTable Attributes) ReadTable(string path)
    {
        var lines = Lines(path);
        if (lines.Length < 2 || !int.TryParse(lines[0], out var count)) throw Error(path, 1, "expected the number of images");
        var names = Words(lines[1]);
        if (names.Length is < 1 or > 64 || names.Distinct().Count() != names.Length) throw Error(path, 2, $"expected 1 to 64 different names of attributes, found {names.Length}");
        if (count != lines.Length - 2) throw Error(path, 1, $"says {count} images, {lines.Length - 2} follow");
        var images = new string[count];
        var rows = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            var words = Words(lines[i + 2]);
            if (words.Length != 1 + names.Length) throw Error(path, FirstImageLine + i, $"expected an image and {names.Length} values, found {Math.Max(0, words.Length - 1)} values");
            images[i] = words[0];
            for (var a = 0; a < names.Length; a++)
                rows[i] |= words[a + 1] switch
                {
                    "1" => 1UL << a,
                    "-1" => 0,
                    var other => throw Error(path, FirstImageLine + i, $"{names[a]} is '{other}', expected 1 or -1"),
                };
        }

        return (images, new(names, rows));
    }

    /// <summary>The part that each image belongs to.</summary>
    /// <exception cref="InputException">The file is missing, or a line is wrong: the message has its number.</exception>
    public static IReadOnlyDictionary<string, Split> ReadPartition(string path)
    {
        var parts = new Dictionary<string, Split>();
        foreach (var (index, line) in Lines(path).Index())
        {
            if (Words(line) is not [var image, "0" or "1" or "2"]) throw Error(path, index + 1, $"expected an image and 0, 1 or 2, found '{line.Trim()}'");
            if (!parts.TryAdd(image, (Split)(line.TrimEnd()[^1] - '0'))) throw Error(path, index + 1, $"has {image} a second time");
        }

        return parts;
    }

    /// <summary>An error that names a line, counted from 1.</summary>
    internal static InputException Error(string path, int line, string reason) => new($"{path}: line {line}: {reason}");

    private static string[] Lines(string path)
    {
        using var source = ByteSource.Open(path);
        return source.ReadText().TrimEnd().Split('\n');
    }

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
