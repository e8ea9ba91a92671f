using System.Diagnostics;

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
