using System.Diagnostics;
using System.Reflection;

namespace Packages.Tests;

/// <summary>The commands of the .NET SDK, as a person starts them.</summary>
internal static class Dotnet
{
    /// <summary>Debug or Release, as these tests and with them the rest of the source tree were built.</summary>
    internal static string Configuration { get; } = typeof(Dotnet).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The user's folder of unpacked packages.</summary>
    internal static string PackageCache { get; } = Run(Repository.Root, "nuget", "locals", "global-packages", "--list").ShouldSucceed().Output.Split(": ", 2)[1].Trim();

    internal static ProgramResult Run(string folder, params string[] arguments) => Start("dotnet", folder, arguments);

    /// <summary>Starts a program and waits for its end.</summary>
    internal static ProgramResult Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // a server would outlive the tests and keep their pipes open
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // the tests read what is printed
        foreach (var variable in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) && k != "MSBUILDDISABLENODEREUSE").ToList())
            start.Environment.Remove(variable); // those of the SDK that runs these tests
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramResult(process.ExitCode, output.Trim(), error.Result.Trim());
    }
}

/// <summary>How a program ended and what it wrote.</summary>
internal sealed record ProgramResult(int Exit, string Output, string Error)
{
    internal ProgramResult ShouldSucceed()
    {
        Exit.ShouldBe(0, Output + "\n" + Error);
        return this;
    }
}
