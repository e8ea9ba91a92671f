using System.Runtime.InteropServices;

namespace Heaviside.Torch;

/// <summary>Makes this thread, and those that it starts, take numbers below the smallest normal one as 0; what was before comes back when disposed.</summary>
/// <remarks>On x86-64 under Linux; elsewhere it changes nothing.</remarks>
internal readonly unsafe ref partial struct Denormals
{
    // glibc's fenv_t on x86-64: 28 bytes of the x87 unit, then MXCSR, in which these are "flush to zero" and "denormals are zero".
    private const int EnvironmentWords = 8, ControlWord = 7;
    private const uint FlushBits = (1 << 15) | (1 << 6);

    private readonly uint before;

    /// <summary>Begins to flush.</summary>
    public Denormals() => before = Set(FlushBits);

    private static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Restores what was in force before.</summary>
    public void Dispose() => Set(before);

    private static uint Set(uint flush)
    {
        if (!IsSupported) return 0;
        var environment = stackalloc uint[EnvironmentWords];
        _ = fegetenv(environment);
        var old = environment[ControlWord];
        environment[ControlWord] = (old & ~FlushBits) | flush;
        _ = fesetenv(environment);
        return old & FlushBits;
    }

    [LibraryImport("libm.so.6")]
    private static partial int fegetenv(uint* environment);

    [LibraryImport("libm.so.6")]
    private static partial int fesetenv(uint* environment);
}
