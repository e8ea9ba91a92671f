using System.Text.Json.Nodes;
using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run as one JSON object a line, each with the key <c>event</c>: start, step, validation, note, result.</summary>
internal sealed class JsonView : TrainingView
{
    private RunPace? pace;

    /// <inheritdoc/>
    internal override void Started(RunFolder run, Experiment experiment)
    {
        pace = new(experiment.Options);
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
        ["curves"] = run.CurvesFile,
    });

    /// <inheritdoc/>
    public override void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point)
    {
        pace!.Stepped(state, objective, point);
        if (state.Step % options.LogEvery != 0) return;
        Json.Write(new JsonObject
        {
            ["event"] = "step",
            ["step"] = state.Step,
            ["epoch"] = state.Epoch,
            ["objective"] = Json.Number(pace.TakeObjective()),
            ["point"] = point.ToString(),
            ["steps-per-second"] = Json.Number(pace.Rate),
            ["seconds-left"] = Json.Number(pace.SecondsLeft),
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
    public override void Evaluating(string what, int done, int total) => pace?.Paused();

    /// <inheritdoc/>
    public override void Note(string message) => Json.Write(new JsonObject { ["event"] = "note", ["message"] = message });
}
