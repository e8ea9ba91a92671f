using System.Text.Json.Nodes;
using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run as one JSON object a line, each with the key <c>event</c>: start, step, validation, note, result.</summary>
internal sealed class JsonView : TrainingView
{
    /// <inheritdoc/>
    internal override void Started(RunFolder run, Experiment experiment)
    {
        base.Started(run, experiment);
        Json.Write(new JsonObject
        {
            ["event"] = "start",
            ["run"] = run.Root,
            ["conditions"] = RunReport.Conditions(experiment),
            ["steps"] = experiment.Options.Steps,
        });
    }

    /// <inheritdoc/>
    internal override void Finished(RunFolder run, Experiment experiment, RunResult result) => Json.Write(new JsonObject
    {
        ["event"] = "result",
        ["run"] = run.Root,
        ["conditions"] = RunReport.Conditions(experiment),
        ["split"] = "test",
        ["steps"] = result.Steps,
        ["best-step"] = result.BestStep,
        ["ended-by"] = result.End?.ToString().ToLowerInvariant(),
        ["bounds"] = new JsonArray([.. result.Bounds.Select(b => b.ToJson())]),
        ["samples"] = run.SamplesFile,
        ["reconstructions"] = run.ReconstructionsFile,
        ["classes"] = File.Exists(run.ClassesFile) ? run.ClassesFile : null,
        ["confusion"] = File.Exists(run.ConfusionFile) ? run.ConfusionFile : null,
        ["mistakes"] = File.Exists(run.MistakesFile) ? run.MistakesFile : null,
        ["graphs"] = File.Exists(run.GraphsFile) ? run.GraphsFile : null,
        ["trajectories"] = File.Exists(run.TrajectoriesFile) ? run.TrajectoriesFile : null,
        ["curves"] = run.CurvesFile,
    });

    /// <inheritdoc/>
    public override void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point)
    {
        base.Stepped(state, options, objective, point);
        if (state.Step % options.LogEvery != 0) return;
        Json.Write(new JsonObject
        {
            ["event"] = "step",
            ["step"] = state.Step,
            ["epoch"] = state.Epoch,
            ["objective"] = Json.Number(Pace!.TakeObjective()),
            ["point"] = point.ToString(),
            ["steps-per-second"] = Json.Number(Pace.Rate),
            ["seconds-left"] = Json.Number(Pace.SecondsLeft),
        });
    }

    /// <inheritdoc/>
    public override void Validated(TrainingState state, Bound bound) => Json.Write(new JsonObject
    {
        ["event"] = "validation",
        ["step"] = state.Step,
        ["bound"] = bound.ToJson(),
        ["best"] = state.BestStep == state.Step,
    });

    /// <inheritdoc/>
    public override void Note(string message) => Json.Write(new JsonObject { ["event"] = "note", ["message"] = message });
}
