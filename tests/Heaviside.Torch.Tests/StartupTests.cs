using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Heaviside.Torch.Tests;

/// <summary>Thread counts are settled before libtorch is loaded, so each case needs a process of its own.</summary>
public sealed class StartupTests
{
    [SkippableFact]
    public void Threads_ByDefault_AreOneEach() => Threads().ShouldBe("1 1");

    [SkippableFact]
    public void Threads_OfOpenMp_FollowTheUser() => Threads(("OMP_NUM_THREADS", "2")).ShouldBe("2 1");

    [SkippableFact]
    public void Threads_OfBlas_FollowTheUser()
    {
        Skip.If(Environment.ProcessorCount < 2, "OpenBLAS uses no more threads than there are processors, and there is one");
        Threads(("OPENBLAS_NUM_THREADS", "2")).ShouldBe("1 2");
    }

    // A processor that OpenBLAS does not know has kernels for others of its kind, unless the user chose.
    [SkippableFact]
    public void Kernels_OfAnyProcessorWithAvx2_AreNotTheOldest()
    {
        Skip.IfNot(Avx2.IsSupported, "the processor has no AVX2");
        torch.get_num_threads().ShouldBePositive(); // loads libtorch
        Skip.If(torch.BlasConfiguration is null, "libtorch uses another BLAS than OpenBLAS");
        torch.BlasConfiguration.ShouldNotContain("Prescott");
    }

    [Fact]
    public void FlushDenormal_WhileItLasts_TakesThemAsZero()
    {
        static float Half(float x) => torch.full([1], x).mul(0.5f).item<float>();
        Half(2e-38f).ShouldBeGreaterThan(0);
        using (torch.flush_denormal())
        {
            using (torch.flush_denormal()) Half(2e-38f).ShouldBe(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0 : 1e-38f);
            Half(4e-38f).ShouldBeGreaterThan(0);
            Half(2e-38f).ShouldBe(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0 : 1e-38f);
        }

        Half(2e-38f).ShouldBeGreaterThan(0);
    }

    private static string Threads(params (string Name, string Value)[] variables)
    {
        Skip.If(torch.get_num_blas_threads() is null, "libtorch uses another BLAS than OpenBLAS");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(StartupTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
        };
        foreach (var name in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]) start.Environment.Remove(name);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return output;
    }
}
