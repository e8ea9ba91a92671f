using System.Runtime.InteropServices;

namespace EndToEnd.Tests;

/// <summary>The archive for machines with a GPU, tried against the libtorch that this machine has.</summary>
[Trait("Category", "Slow")]
public sealed class GpuPackTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("heaviside-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Pack_Unpacked_BuildsTheShimAndRunsWithoutDotnet()
    {
        var pack = await Shell.Run("tools/gpu/pack.sh", []);
        pack.ExitCode.ShouldBe(0, pack.Output + pack.Errors);
        new FileInfo(Path.Combine(Shell.Root, "artifacts/heaviside-gpu.tar.gz")).Length.ShouldBeLessThan(40_000_000);
        (await Shell.Run("tar", ["-xzf", "artifacts/heaviside-gpu.tar.gz", "-C", folder])).ExitCode.ShouldBe(0);

        var run = await Shell.Run(InArchive("run.sh"), ["--quick", Libtorch], new Dictionary<string, string?> { ["DOTNET_ROOT"] = "/nowhere" });

        run.ExitCode.ShouldBe(0, run.Output);
        File.ReadAllText(InArchive("report.txt")).ShouldContain("=== ./heaviside doctor");
        NativeLibrary.Free(NativeLibrary.Load(InArchive("shim/libheaviside_torch.so")));
        (await Shell.Run(InArchive("heaviside"), ["--version"])).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Run_AStepFails_IsReportedAndTheNextStepRuns()
    {
        Directory.CreateDirectory(InArchive("bin"));
        File.Copy(Path.Combine(Shell.Root, "tools/gpu/run.sh"), InArchive("run.sh"));
        Shell.WriteScript(InArchive("heaviside"), "echo \"ran $*\"; [[ $1 != check ]]");
        foreach (var tool in new[] { "cmake", "g++", "make", "nvidia-smi" }) Shell.WriteScript(InArchive("bin/" + tool), "exit 0");
        var path = InArchive("bin") + ":" + Environment.GetEnvironmentVariable("PATH");

        var run = await Shell.Run(InArchive("run.sh"), [Libtorch], new Dictionary<string, string?> { ["PATH"] = path });

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("FAILED with exit code 1");
        run.Output.ShouldContain("steps that failed: 2");
        foreach (var device in new[] { "cuda", "cpu" }) run.Output.ShouldContain($"ran bench vae --device {device} --json");
        File.ReadAllText(InArchive("report.txt")).ShouldBe(run.Output);
    }

    [Fact]
    public async Task Run_FolderWithoutLibtorch_SaysSo()
    {
        Directory.CreateDirectory(InArchive(""));
        File.Copy(Path.Combine(Shell.Root, "tools/gpu/run.sh"), InArchive("run.sh"));

        var run = await Shell.Run(InArchive("run.sh"), ["/nowhere"]);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("/nowhere holds no libtorch");
    }

    /// <summary>The libtorch that this build uses: the named one, else Debian's.</summary>
    private static string Libtorch => Environment.GetEnvironmentVariable("HEAVISIDE_LIBTORCH") ?? "/usr";

    private string InArchive(string path) => Path.Combine(folder, "heaviside-gpu", path);
}
