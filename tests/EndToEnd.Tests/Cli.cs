using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EndToEnd.Tests;

/// <summary>The program as a person or a script starts it.</summary>
internal static partial class Cli
{
    internal const int SigInt = 2, SigKill = 9, SigTerm = 15;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Heaviside.Tool.dll");

    internal static CliResult Run(params string[] arguments) => RunIn(Environment.CurrentDirectory, arguments);

    internal static CliResult RunIn(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return Finish(process);
    }

    internal static Process Start(params string[] arguments) => Start(Environment.CurrentDirectory, arguments);

    /// <summary>Starts it with a variable of the environment, <c>NAME=VALUE</c>.</summary>
    internal static Process StartWith(string variable, params string[] arguments) => Start(Environment.CurrentDirectory, arguments, variable);

    /// <summary>Waits for the end and reads what was printed.</summary>
    internal static CliResult Finish(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            throw new TimeoutException($"heaviside did not end: {process.StartInfo.Arguments}");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }

    internal static void Signal(Process process, int signal) => Kill(process.Id, signal).ShouldBe(0);

    /// <summary>Polls until it is so or the process has ended.</summary>
    internal static void WaitUntil(Process process, Func<bool> condition)
    {
        while (!process.HasExited && !condition()) Thread.Sleep(1);
    }

    /// <summary>Runs a line of shell in which <c>$HEAVISIDE</c> is the program.</summary>
    internal static CliResult Shell(string line)
    {
        var start = new ProcessStartInfo("sh", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HEAVISIDE"] = $"dotnet {Program}";
        using var process = Process.Start(start)!;
        return Finish(process);
    }

    // In the background of a script an interrupt is ignored, and what is started inherits that: here it must be heard.
    private static Process Start(string folder, string[] arguments, params string[] variables) => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", .. variables, "dotnet", Program, .. arguments])
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
