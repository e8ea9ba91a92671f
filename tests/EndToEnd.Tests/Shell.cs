using System.Diagnostics;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")] // they run the repository's scripts

namespace EndToEnd.Tests;

/// <summary>Runs programs as a person would, from the repository's root.</summary>
internal static class Shell
{
    /// <summary>The repository's root: the nearest folder above the tests that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    public sealed record Result(int ExitCode, string Output, string Errors);

    /// <summary>Runs <paramref name="file"/> to its end; <paramref name="environment"/> is set on top of this process's, null removes.</summary>
    public static async Task<Result> Run(string file, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(file.Contains('/') ? Path.Combine(Root, file) : file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await errors);
    }

    /// <summary>Writes an executable bash script.</summary>
    public static void WriteScript(string file, params string[] body)
    {
        File.WriteAllLines(file, ["#!/usr/bin/env bash", .. body]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Heaviside.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
