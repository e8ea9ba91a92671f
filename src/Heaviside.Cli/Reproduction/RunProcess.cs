using System.Diagnostics;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Configuration;
using Heaviside.Files;
using Heaviside.Kernels;

namespace Heaviside.Cli.Reproduction;

/// <summary>This program once more, for one run.</summary>
/// <param name="arguments">The command and its arguments.</param>
/// <param name="cores">How many cores it may use.</param>
/// <param name="report">Gets every line that the process prints, as JSON.</param>
internal sealed class RunProcess(IReadOnlyList<string> arguments, int cores, Action<JsonObject> report)
{
    private static readonly string[] Single = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"];
    private static readonly string[] Shared = ["DOTNET_PROCESSOR_COUNT", Team.Variable];

    /// <summary>Runs to the end, or until <paramref name="stop"/> is requested and the process has written what it has.</summary>
    /// <returns>Null when it ended well, else what went wrong in one line.</returns>
    internal string? Run(CancellationToken stop)
    {
        using var process = Process.Start(Start())!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        // Its input's end is what stops it: a signal from the terminal reaches it by itself, and a second one would kill it.
        using (stop.Register(process.StandardInput.Close))
            while (process.StandardOutput.ReadLine() is { } line)
                if (Parse(line) is { } json) report(json);
        process.WaitForExit();
        return process.ExitCode == Application.Success ? null : LastLine(error.Result) ?? $"its process ended with exit code {process.ExitCode}";
    }

    private ProcessStartInfo Start()
    {
        var start = ThisProgram.Start([.. arguments, "--json", CommonOptions.StopWithInputName]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var name in Single) start.Environment[name] = "1";
        foreach (var name in Shared) start.Environment[name] = $"{cores}";
        return start;
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonText.Parse(line, "a run's output");
        }
        catch (InputException)
        {
            return null;
        }
    }

    // What the program says when it fails, or what the system says when the program cannot start.
    private static string? LastLine(string text)
    {
        var mark = $"{HostProgram.Name}: ";
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.LastOrDefault(l => l.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..] ?? lines.LastOrDefault();
    }
}
