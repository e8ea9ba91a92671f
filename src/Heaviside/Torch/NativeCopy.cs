using System.Runtime.InteropServices;

namespace Heaviside.Torch;

/// <summary>Loads a native library from its bytes, through a file in the user's cache folder.</summary>
internal static class NativeCopy
{
    /// <summary>Loads the library; the file is kept for the next process, where that is possible.</summary>
    /// <param name="library">The whole file.</param>
    /// <param name="file">Its name.</param>
    /// <param name="version">The folder below the cache: files of different versions lie side by side.</param>
    /// <exception cref="DllNotFoundException">The loader refuses the library.</exception>
    public static nint Load(byte[] library, string file, string version)
    {
        if (CacheFolder() is { } cache && TryKeep(library, Path.Combine(cache, "heaviside", version), file) is { } kept
            && NativeLibrary.TryLoad(kept, out var handle))
            return handle;

        // No home, a full disk, or a file system that executes nothing: a folder for this process alone.
        var folder = Directory.CreateTempSubdirectory("heaviside-");
        try
        {
            var path = Path.Combine(folder.FullName, file);
            File.WriteAllBytes(path, library);
            return NativeLibrary.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true); // what is loaded stays in memory
        }
    }

    /// <summary>The path of a file with these bytes, or null where it cannot be written.</summary>
    /// <remarks>The file appears under its name complete, so that processes that start together do no harm to one another:
    /// a rename leaves the file that another process has mapped as it is.</remarks>
    private static string? TryKeep(byte[] library, string folder, string file)
    {
        var path = Path.Combine(folder, file);
        try
        {
            if (File.Exists(path) && library.AsSpan().SequenceEqual(File.ReadAllBytes(path))) return path;
            Directory.CreateDirectory(folder);
            var temporary = Path.Combine(folder, $"{file}.{Guid.NewGuid():N}");
            File.WriteAllBytes(temporary, library);
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? CacheFolder()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache)) return cache;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? null : Path.Combine(home, ".cache");
    }
}
