using System.Runtime.InteropServices;

namespace Heaviside.Files;

/// <summary>What the framework lacks for durable files: flushing a folder, and errors that name the path.</summary>
internal static partial class Disk
{
    private const int NoSpace = 28; // ENOSPC on Linux and macOS
    private const int WindowsDiskFull = unchecked((int)0x80070070); // ERROR_DISK_FULL
    private const int QuotaExceeded = 122; // EDQUOT on Linux
    private const int WouldBlock = 11, WouldBlockOnMac = 35; // EAGAIN, of a lock
    private const int WindowsSharingViolation = unchecked((int)0x80070020); // ERROR_SHARING_VIOLATION

    /// <summary>Makes the names in a folder durable. Windows does so by itself.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) throw new IOException($"{folder}: {Marshal.GetLastPInvokeErrorMessage()}");
        var result = FSync(descriptor);
        var message = Marshal.GetLastPInvokeErrorMessage();
        const int invalid = 22; // EINVAL: a file system whose folders cannot be flushed
        var failed = result != 0 && Marshal.GetLastPInvokeError() != invalid;
        _ = Close(descriptor);
        if (failed) throw new IOException($"{folder}: {message}");
    }

    /// <summary>Makes every file and folder under a folder durable, itself included.</summary>
    public static void FlushTree(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            stream.Flush(flushToDisk: true);
        }
        foreach (var inner in Directory.EnumerateDirectories(folder)) FlushTree(inner);
        Flush(folder);
    }

    /// <summary>Whether a process holds a file open to itself; false where there is no such file.</summary>
    public static bool IsInUse(string file)
    {
        try
        {
            if (File.Exists(file)) new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1).Dispose();
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error is IOException held && IsHeldByAnother(held); // else it was let go of meanwhile, or nobody can work there
        }
    }

    /// <summary>Whether a file could not be opened because a process holds it.</summary>
    public static bool IsHeldByAnother(IOException error) => error.HResult is WouldBlock or WouldBlockOnMac or WindowsSharingViolation;

    /// <summary>The error of the system as one line that begins with the path.</summary>
    public static IOException Explain(string path, Exception error)
    {
        var reason = error.HResult is NoSpace or QuotaExceeded or WindowsDiskFull
            ? "cannot be written: the disk is full; free some space and try again"
            : $"cannot be written: {error.Message.ReplaceLineEndings(" ")}";
        return new IOException($"{path}: {reason}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
