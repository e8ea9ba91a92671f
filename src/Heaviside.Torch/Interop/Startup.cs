using System.Reflection;
using System.Runtime.InteropServices;

namespace Heaviside.Torch.Interop;

/// <summary>What must happen before libtorch is loaded: where the shim is, threads, memory.</summary>
internal static partial class Startup
{
    private const string CoreType = "OPENBLAS_CORETYPE";

    // glibc's mallopt parameters.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    internal static void Initialize()
    {
        NativeLibrary.SetDllImportResolver(typeof(Startup).Assembly, Resolve);
        if (!OperatingSystem.IsLinux()) return;

        // One thread each: OpenMP and BLAS pools that both spin fight over the cores. A user's choice stands.
        SetDefault("OMP_NUM_THREADS", "1");
        SetDefault("OPENBLAS_NUM_THREADS", "1");
        SetDefault("GOMP_SPINCOUNT", "1000");

        if (Environment.GetEnvironmentVariable(CoreType) is null && BlasKernels.ForUnknownProcessor() is { } kernels) SetDefault(CoreType, kernels);

        // Tensors of a few hundred kilobytes come and go every step: keep their pages instead of unmapping them.
        if (Environment.GetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_") is null) _ = mallopt(MmapThreshold, 32 << 20);
        if (Environment.GetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_") is null) _ = mallopt(TrimThreshold, 512 << 20);
    }

    /// <summary>Sets a variable for native code too, unless it has a value: .NET keeps its own copy of the environment.</summary>
    private static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null) return;
        Environment.SetEnvironmentVariable(name, value);
        _ = setenv(name, value, 0);
    }

    /// <summary>HEAVISIDE_SHIM if set, else beside the program.</summary>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Native.Library) return 0;
        var file = Environment.GetEnvironmentVariable("HEAVISIDE_SHIM")
            ?? Path.Combine(AppContext.BaseDirectory, $"lib{Native.Library}.so");
        if (!File.Exists(file)) return 0;
        using var _ = torch.flush_denormal(); // threads that BLAS starts now keep it
        return NativeLibrary.Load(file);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
