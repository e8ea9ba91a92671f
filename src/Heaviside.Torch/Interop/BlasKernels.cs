using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Heaviside.Torch.Interop;

/// <summary>Which of OpenBLAS's kernels suit the processor, where OpenBLAS does not know it.</summary>
/// <remarks>Versions before 0.3.25 take an Intel processor that is newer than they are for one of 2004, whose kernels are up to five times slower
/// (OpenMathLib/OpenBLAS issue 4267). Debian 12 has 0.3.21.</remarks>
internal static unsafe class BlasKernels
{
    private const string Oldest = "Prescott";

    /// <summary>What to set OPENBLAS_CORETYPE to before OpenBLAS is loaded for good; null if it chooses well by itself.</summary>
    internal static string? ForUnknownProcessor() =>
        !Avx2.IsSupported || Chosen() != Oldest ? null : Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported ? "SkylakeX" : "Haswell";

    // It chooses when it is loaded.
    private static string? Chosen()
    {
        if (!NativeLibrary.TryLoad("libopenblas.so.0", out var library)) return null;
        try
        {
            return NativeLibrary.TryGetExport(library, "openblas_get_corename", out var name)
                ? Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)name)())
                : null;
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }
}
