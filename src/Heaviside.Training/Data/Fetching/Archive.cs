using System.Formats.Tar;
using System.IO.Compression;

namespace Heaviside.Data.Fetching;

/// <summary>Takes files out of a <c>.tar.gz</c>.</summary>
internal static class Archive
{
    /// <summary>Writes the members of the given names, whatever folder the archive has them in, into <paramref name="folder"/>.</summary>
    /// <exception cref="InputException">The archive is damaged or lacks one, or the disk takes no more.</exception>
    public static async Task ExtractAsync(string archive, IReadOnlyList<string> names, string folder, CancellationToken cancel)
    {
        var missing = new HashSet<string>(names);
        try
        {
            await using var file = File.OpenRead(archive);
            await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            await using var tar = new TarReader(unpacked);
            while (missing.Count > 0 && await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
            {
                var name = Path.GetFileName(entry.Name);
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !missing.Remove(name)) continue;
                string target = Path.Combine(folder, name), part = target + ".part";
                await entry.ExtractToFileAsync(part, overwrite: true, cancel);
                File.Move(part, target, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            throw new InputException($"{archive}: cannot be unpacked: {e.Message}", e);
        }
        if (missing.Count > 0) throw new InputException($"{archive}: does not contain {string.Join(", ", missing)}");
    }
}
