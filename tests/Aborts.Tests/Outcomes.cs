using System.Diagnostics;

namespace Aborts.Tests;

/// <summary>What came of every mistake, made in a process of its own.</summary>
/// <remarks>Where that process dies, another goes on with the mistake that follows.</remarks>
public sealed class Outcomes
{
    private readonly Dictionary<string, string> outcomes = [];

    public Outcomes()
    {
        while (outcomes.Count < Mistake.All.Count) RunFrom(outcomes.Count);
    }

    /// <summary>What it threw, or that the process died.</summary>
    internal string Of(string mistake) => outcomes[mistake];

    /// <summary>Starts a process that makes mistakes.</summary>
    internal static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("DOTNET_GCgen0size"); // of the tests' own process: it would count as memory that was needed
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x20000000"; // likewise, what the collector has not come to yet
        return Process.Start(start)!;
    }

    private void RunFrom(int first)
    {
        using var process = Start($"{first}");
        var error = process.StandardError.ReadToEndAsync();
        string? current = null;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Program.Begin, StringComparison.Ordinal)) current = line[Program.Begin.Length..];
            else if (current is not null) (outcomes[current], current) = (line, null);
        }

        process.WaitForExit();
        if (current is not null) outcomes[current] = $"the process died with exit code {process.ExitCode}: {error.Result}";
        else if (process.ExitCode != 0 || outcomes.Count == first) throw new InvalidOperationException($"exit code {process.ExitCode}: {error.Result}");
    }
}
