namespace Heaviside.Data.Sources;

/// <summary>Tells paths from names, and what can be read at a path.</summary>
internal static class DataPath
{
    private const string Known = "a folder of PNG or JPEG images, CSV (.csv, .tsv), NumPy (.npy, .npz) or IDX (-ubyte, .idx)";
    private static readonly string[] Tables = [".csv", ".tsv"], Arrays = [".npy", ".npz"], Idx = ["-ubyte", ".ubyte", ".idx"];

    /// <summary>Whether this is a path: it has a separator or an ending that is known, or is there.</summary>
    public static bool Is(string data) =>
        data.AsSpan().IndexOfAny('/', '\\') >= 0 || Ends(data, [.. Tables, .. Arrays, .. Idx]) || Path.Exists(data);

    /// <summary>What reads what is at a path.</summary>
    /// <exception cref="InputException">Nothing is there, or nothing that can be read.</exception>
    public static DataSource Source(string path)
    {
        if (Directory.Exists(path)) return new ImageFolder(path);
        if (!File.Exists(path)) throw new InputException($"data {path}: there is no such file or folder");
        if (Ends(path, Tables)) return new TableFile(path);
        if (Ends(path, Arrays)) return new ArrayFile(path);
        return Ends(path, Idx) ? new IdxFile(path) : throw new InputException($"data {path}: expected {Known}");
    }

    /// <summary>The name of data at a path: the last part, without its ending.</summary>
    public static string Name(string path)
    {
        var last = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        var name = Directory.Exists(path) ? last : Path.GetFileNameWithoutExtension(Plain(last));
        return name == "" ? "data" : name;
    }

    private static bool Ends(string path, string[] endings) => endings.Any(e => Plain(path).EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static string Plain(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
}
