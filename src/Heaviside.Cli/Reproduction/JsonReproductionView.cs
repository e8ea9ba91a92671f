using System.Text.Json.Nodes;
using Heaviside.Cli.Output;
using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>Shows a study as one JSON object a line, each with the key <c>event</c>: start, run, results.</summary>
internal sealed class JsonReproductionView : ReproductionView
{
    /// <inheritdoc/>
    internal override void Started(StudyResults results, IReadOnlyList<RunProgress> runs, int jobs, string folder) => Json.Write(new JsonObject
    {
        ["event"] = "start",
        ["study"] = results.Plan.Study.Id,
        ["scale"] = results.Plan.Scale,
        ["runs"] = runs.Count,
        ["finished"] = runs.Count(r => r.State == RunState.Finished),
        ["jobs"] = jobs,
        ["folder"] = folder,
    });

    /// <inheritdoc/>
    internal override void Changed(RunProgress run, StudyResults results) => Json.Write(new JsonObject
    {
        ["event"] = "run",
        ["row"] = run.Run.Row,
        ["column"] = run.Run.Column,
        ["learning-rate"] = run.Run.LearningRate,
        ["seed"] = run.Run.Seed,
        ["folder"] = run.Folder,
        ["state"] = run.State.ToString().ToLowerInvariant(),
        ["step"] = run.Step,
        ["steps"] = run.Run.Steps,
        ["steps-per-second"] = Json.Number(run.Rate),
        ["validation"] = run.Validation is { } bound ? Json.Number(bound) : null,
        ["problem"] = run.Problem,
    });

    /// <inheritdoc/>
    internal override void Ended(StudyResults results, IReadOnlyList<RunProgress> runs, string folder)
    {
        var json = ResultsFolder.ToJson(results);
        json.Insert(0, "event", "results");
        Json.Write(json);
    }
}
