using System.Runtime.InteropServices;

namespace Heaviside.Torch;

/// <summary>What a program sets once, before its first tensor, so that training is fast and does not depend on the number of cores.</summary>
internal static partial class Machine
{
    // glibc's mallopt parameters.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    /// <summary>libtorch's version, as PyTorch counts.</summary>
    internal static string LibtorchVersion { get; } = string.Join('.', torch.__version__.Split('.').Take(3));

    /// <summary>One thread for each operator, unless OMP_NUM_THREADS says otherwise, and memory that is kept from step to step.</summary>
    internal static void Prepare()
    {
        NativeLoader.Require();
        var threads = int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var n) && n > 0 ? n : 1;
        using (new Denormals()) torch.set_num_threads(threads); // threads that start now take denormal numbers as 0 too
        if (!OperatingSystem.IsLinux()) return;

        // Tensors of a few hundred kilobytes come and go every step: keep their pages instead of unmapping them.
        try
        {
            if (Environment.GetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_") is null) _ = mallopt(MmapThreshold, 32 << 20);
            if (Environment.GetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_") is null) _ = mallopt(TrimThreshold, 512 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // a libc without it is only slower
        }
    }

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
