using System.Diagnostics;
using System.Reflection;

namespace Loading.Tests;

/// <summary>The built test program in a folder of its own, made of links: nothing large is copied.</summary>
/// <remarks>A file is changed by deleting it and putting another in its place, never by writing to it:
/// its bytes are those of the package cache.</remarks>
internal sealed class ProgramFolder : IDisposable
{
    private readonly string root;

    public ProgramFolder()
    {
        var built = AppContext.BaseDirectory.TrimEnd('/');
        root = Directory.CreateDirectory(Path.Combine(built, "..", $"loading-{Guid.NewGuid():N}")).FullName;
        Run("cp", ["-al", built, Program]).Exit.ShouldBe(0);
    }

    /// <summary>TorchSharp's native library as its package has it.</summary>
    public static string Original { get; } = Path.Combine(
        typeof(ProgramFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "TorchSharpPackage").Value!,
        "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    public string Program => Path.Combine(root, "program");

    public string Cache => Path.Combine(root, "cache");

    /// <summary>The path of a native library, wherever in the folder it lies.</summary>
    public string Native(string file) => Directory.GetFiles(Program, file, SearchOption.AllDirectories).ShouldHaveSingleItem();

    /// <summary>Starts the program with a cache folder of its own.</summary>
    public ProgramResult Run(params string[] arguments) => Run("dotnet", [Path.Combine(Program, "Loading.Tests.dll"), .. arguments]);

    public void Dispose() => Directory.Delete(root, recursive: true);

    private ProgramResult Run(string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_CACHE_HOME"] = Cache;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramResult(process.ExitCode, output.Trim(), error.Result.Trim());
    }
}

/// <summary>How a process ended and what it wrote.</summary>
internal sealed record ProgramResult(int Exit, string Output, string Error);
