using System.Runtime.InteropServices;

namespace Heaviside.Torch;

/// <summary>What libtorch writes to the error output.</summary>
internal static unsafe class NativeLog
{
    private const int Errors = 2;
    private static int called;

    /// <summary>Runs a call without libtorch's warnings the first time: for one that it gives once in a process and that does not apply.</summary>
    internal static void QuietOnce(Action call)
    {
        var level = Interlocked.Exchange(ref called, 1) == 0 ? Level() : null;
        var before = level is null ? 0 : *level;
        try
        {
            if (level is not null) *level = Errors;
            call();
        }
        finally
        {
            if (level is not null) *level = before;
        }
    }

    // The least severity that is written; null where it cannot be found, and the warning is seen.
    private static int* Level() =>
        (NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "c10.dll" : OperatingSystem.IsMacOS() ? "libc10.dylib" : "libc10.so", out var library)
         && NativeLibrary.TryGetExport(library, "FLAGS_caffe2_log_level", out var address)) ? (int*)address : null;
}
