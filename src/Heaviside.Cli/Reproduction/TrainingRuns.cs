using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Files;
using Heaviside.Studies;
using Heaviside.Training;

namespace Heaviside.Cli.Reproduction;

/// <summary>Runs of <c>heaviside train</c>, which continues one where it was stopped.</summary>
/// <param name="dataDir">A folder to look for data in, or null.</param>
internal sealed class TrainingRuns(string? dataDir) : RunKind
{
    /// <inheritdoc/>
    internal override RunRecord? Read(StudyRun run, string folder) => RunRecord.Read(folder);

    /// <inheritdoc/>
    internal override bool IsInUse(string folder) => RunFolder.IsInUse(folder);

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Prepare(StudyRun run, string folder)
    {
        var file = folder + ".yaml"; // beside the folder of the run, which exists only once it has begun
        var recipe = new Recipe { Name = run.Name, Settings = run.Settings };
        var isBegun = RunRecord.IsIn(folder);
        if (isBegun && (!File.Exists(file) || !Recipe.Read(file).Settings.ToHashSet().SetEquals(recipe.Settings)))
            throw new InputException($"{folder} was begun with other settings than the study has now; delete it to run it anew");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        recipe.Write(file, $"A run of a study, as {HostProgram.Name} reproduce starts it.");
        string[] what = isBegun ? ["--resume", folder] : [file, "--out", folder];
        return ["train", .. what, .. dataDir is null ? [] : new[] { "--data-dir", dataDir }];
    }

    /// <inheritdoc/>
    internal override void Take(RunProgress run, JsonObject line)
    {
        switch (line.Text("event"))
        {
            case "step":
                run.Step = line.Whole("step") ?? run.Step;
                run.Rate = line.Number("steps-per-second") ?? 0;
                run.SecondsLeft = line.Number("seconds-left") ?? double.PositiveInfinity;
                break;
            case "validation":
                run.Step = line.Whole("step") ?? run.Step;
                run.Validation = (line["bound"] as JsonObject)?.Number("mean");
                break;
        }
    }
}
