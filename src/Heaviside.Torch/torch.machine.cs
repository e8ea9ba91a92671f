using System.Runtime.InteropServices;
using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

public static partial class torch
{
    // Libtorch loads it first, with the start-up settings in force.
    private static readonly Lazy<nint> Blas = new(() => get_num_threads() > 0 && NativeLibrary.TryLoad("libopenblas.so.0", out var library) ? library : 0);

    /// <summary>The threads that one operator may use.</summary>
    public static int get_num_threads() => Native.hv_threads();

    /// <summary>Sets the threads that one operator may use; matrix products follow <see cref="set_num_blas_threads"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public static void set_num_threads(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        Native.Check(Native.hv_set_threads(n), "set_num_threads");
    }

    /// <summary>The threads of OpenBLAS, or null when libtorch uses another BLAS.</summary>
    public static unsafe int? get_num_blas_threads() =>
        BlasFunction("openblas_get_num_threads") is var f and not 0 ? ((delegate* unmanaged<int>)f)() : null;

    /// <summary>Sets the threads of OpenBLAS; does nothing when libtorch uses another BLAS.</summary>
    public static unsafe void set_num_blas_threads(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (BlasFunction("openblas_set_num_threads") is var f and not 0) ((delegate* unmanaged<int, void>)f)(n);
    }

    /// <summary>The configuration that OpenBLAS reports, or null when libtorch uses another BLAS.</summary>
    public static unsafe string? BlasConfiguration =>
        BlasFunction("openblas_get_config") is var f and not 0 ? Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)f)()) : null;

    internal static nint BlasFunction(string name) =>
        Blas.Value != 0 && NativeLibrary.TryGetExport(Blas.Value, name, out var address) ? address : 0;

    /// <summary>CUDA devices.</summary>
    public static class cuda
    {
        /// <summary>Whether a GPU can be used.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>The number of GPUs.</summary>
        public static int device_count() => Native.hv_device_count((int)DeviceType.CUDA);
    }
}
