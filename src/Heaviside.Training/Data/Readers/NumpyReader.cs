using System.IO.Compression;

namespace Heaviside.Data.Readers;

/// <summary>Reads arrays of numbers from <c>.npy</c> and <c>.npz</c> files of NumPy, formats 1 to 3, of either byte order and in C or Fortran order.</summary>
/// <remarks>Types: <c>bool</c>, whole numbers and floating-point numbers of 16, 32 and 64 bits. Python objects and records are refused.</remarks>
public static class NumpyReader
{
    private const int MostArrays = 1000;

    /// <summary>Reads a <c>.npy</c> file, plain or gzip.</summary>
    /// <exception cref="InputException">The file is missing, damaged, too large, or holds something else than numbers.</exception>
    public static NumpyArray Read(string path)
    {
        using var source = ByteSource.OpenLimited(path);
        return NumpyFormat.Read(source, path);
    }

    /// <summary>Reads the arrays of a <c>.npz</c> file by name, without the ending <c>.npy</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWanted">Whether an array is read; all are, unless said otherwise.</param>
    /// <exception cref="InputException">The file is missing, damaged, too large, or an array that is read holds something else than numbers.</exception>
    public static IReadOnlyDictionary<string, NumpyArray> ReadArchive(string path, Func<string, bool>? isWanted = null)
    {
        using var file = ByteSource.OpenFile(path);
        try
        {
            using ZipArchive archive = new(file, ZipArchiveMode.Read);
            if (archive.Entries.Count > MostArrays) throw new InputException($"{path}: has {archive.Entries.Count} arrays, more than {MostArrays} are not read");
            var arrays = new Dictionary<string, NumpyArray>(StringComparer.Ordinal);
            foreach (var entry in archive.Entries)
            {
                var name = entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : throw new InputException($"{path}: holds '{Printable(entry.FullName)}', expected arrays (.npy) alone");
                if (isWanted is not null && !isWanted(name)) continue;
                using ByteSource source = new(entry.Open(), $"{path}, array {Printable(name)}", null, ByteSource.MostUnpacked(entry.CompressedLength));
                if (!arrays.TryAdd(name, NumpyFormat.Read(source, $"{path}, array {Printable(name)}"))) throw new InputException($"{path}: has array '{Printable(name)}' twice");
            }

            return arrays;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: is damaged: {e.Message}".ReplaceLineEndings(" "), e);
        }
    }

    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
}
