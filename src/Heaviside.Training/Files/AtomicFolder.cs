namespace Heaviside.Files;

/// <summary>Writes or deletes a whole folder all or nothing: whenever it can be seen under its name, it is complete.</summary>
/// <remarks>While it is incomplete it is called <c>.tmp-NAME</c>.</remarks>
/// <exception cref="IOException">The disk is full or fails, or the folder exists already; one line that names the path.</exception>
public static class AtomicFolder
{
    /// <summary>Lets <paramref name="fill"/> write files into the folder whose path it gets, then gives the folder its name.</summary>
    /// <remarks>The parent folder must exist, and the folder itself must not. When <paramref name="fill"/> throws, nothing is left.</remarks>
    public static void Write(string path, Action<string> fill)
    {
        path = Path.GetFullPath(path);
        var temporary = Temporary(path);
        if (Path.Exists(path)) throw new IOException($"{path}: exists already");
        try
        {
            DeleteIfExists(temporary);
            Directory.CreateDirectory(temporary);
            fill(temporary);
            Disk.FlushTree(temporary);
            Directory.Move(temporary, path);
            Disk.Flush(Path.GetDirectoryName(path)!);
        }
        catch (Exception error)
        {
            DeleteIfExists(temporary);
            if (error is IOException or UnauthorizedAccessException) throw Disk.Explain(path, error);
            throw;
        }
    }

    /// <summary>Deletes the folder; it loses its name before the first file in it goes.</summary>
    public static void Delete(string path)
    {
        path = Path.GetFullPath(path);
        var temporary = Temporary(path);
        try
        {
            DeleteIfExists(temporary);
            Directory.Move(path, temporary);
            Disk.Flush(Path.GetDirectoryName(path)!);
            Directory.Delete(temporary, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Disk.Explain(path, error);
        }
    }

    /// <summary>Removes what killed processes left in a folder: every file and folder called <c>.tmp-*</c>.</summary>
    public static void DeleteLeftovers(string parent)
    {
        foreach (var folder in Directory.GetDirectories(parent, AtomicFile.TemporaryPrefix + "*")) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(parent, AtomicFile.TemporaryPrefix + "*")) File.Delete(file);
    }

    private static string Temporary(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? throw new ArgumentException($"expected a folder with a parent, got '{path}'", nameof(path)),
            AtomicFile.TemporaryPrefix + Path.GetFileName(path));

    private static void DeleteIfExists(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
