using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Cli.Commands;
using Heaviside.Configuration;
using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>Trains one run of a study in a process of its own, with one thread; continues it where it was stopped.</summary>
/// <param name="run">The run.</param>
/// <param name="dataDir">A folder to look for data in, or null.</param>
/// <param name="report">Gets every line that the process prints, as JSON.</param>
internal sealed class TrainingProcess(RunProgress run, string? dataDir, Action<JsonObject> report)
{
    private static readonly string[] ThreadCounts = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "DOTNET_PROCESSOR_COUNT"];

    // Beside the folder of the run, which exists only once it has begun.
    private string RecipeFile => run.Folder + ".yaml";

    /// <summary>Runs to the end, or until <paramref name="stop"/> is requested and the process has written its checkpoint.</summary>
    /// <returns>Null when it ended well, else what went wrong in one line.</returns>
    internal string? Run(CancellationToken stop)
    {
        if (WriteRecipe() is { } problem) return problem;
        using var process = Process.Start(Start())!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        // Its input's end is what stops it: a signal from the terminal reaches it by itself, and a second one would kill it.
        using (stop.Register(process.StandardInput.Close))
            while (process.StandardOutput.ReadLine() is { } line)
                if (Parse(line) is { } json) report(json);
        process.WaitForExit();
        return process.ExitCode == Application.Success ? null : LastLine(error.Result) ?? $"its process ended with exit code {process.ExitCode}";
    }

    private string? WriteRecipe()
    {
        var recipe = new Recipe { Name = run.Run.Name, Settings = run.Run.Settings };
        if (RunRecord.IsIn(run.Folder) && (!File.Exists(RecipeFile) || !Recipe.Read(RecipeFile).Settings.SequenceEqual(recipe.Settings)))
            return $"{run.Folder} was begun with other settings than the study has now; delete it to run it anew";
        Directory.CreateDirectory(Path.GetDirectoryName(RecipeFile)!);
        recipe.Write(RecipeFile, "A run of a study, as heaviside reproduce starts it.");
        return null;
    }

    private ProcessStartInfo Start()
    {
        string[] what = RunRecord.IsIn(run.Folder) ? ["--resume", run.Folder] : [RecipeFile, "--out", run.Folder];
        string[] where = dataDir is null ? [] : ["--data-dir", dataDir];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), "train", .. what, .. where, "--json", TrainCommand.StopWithInput.Name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in ThreadCounts) start.Environment[name] = "1";
        return start;
    }

    // A program that is not published for one system is started by dotnet.
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What the program says when it fails, or what the system says when the program cannot start.
    private static string? LastLine(string text)
    {
        const string mark = "heaviside: ";
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.LastOrDefault(l => l.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..] ?? lines.LastOrDefault();
    }
}
