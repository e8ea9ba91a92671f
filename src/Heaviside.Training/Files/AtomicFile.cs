using System.Text;

namespace Heaviside.Files;

/// <summary>Writes a file all or nothing: after a crash at any moment there is the old file or the new one, complete.</summary>
/// <remarks>The bytes go to <c>.tmp-NAME</c> in the same folder and to the disk, then the name changes. A leftover
/// of a killed process is overwritten by the next write. One process at a time may write a path.</remarks>
/// <exception cref="IOException">The folder is missing, the disk is full or fails; one line that names the path.</exception>
public static class AtomicFile
{
    internal const string TemporaryPrefix = ".tmp-";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes what <paramref name="write"/> puts into the stream; when it throws, the old file stays.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path) ?? throw new ArgumentException($"expected a file's path, got '{path}'", nameof(path));
        var temporary = Path.Combine(folder, TemporaryPrefix + Path.GetFileName(path));
        var created = false;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                created = true;
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
            Disk.Flush(folder);
        }
        catch (Exception error)
        {
            if (created) File.Delete(temporary);
            if (error is IOException or UnauthorizedAccessException) throw Disk.Explain(path, error);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    public static void WriteText(string path, string text) => WriteBytes(path, Utf8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));
}
