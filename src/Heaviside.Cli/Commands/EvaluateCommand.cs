using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Models;
using Heaviside.Training;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<int> Samples = CheckedOption.Whole("--samples", "Samples of the importance-weighted bound", 2, 1_000_000, 100);
    private static readonly Option<string> Part = CheckedOption.Choice("--split", "SPLIT", "test or validation", "test", "validation");
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");
    private static readonly RunOptions Of = new();

    internal static Command Create() => new CommandWithExamples(
        "evaluate",
        "Evaluates the bounds of a run's best weights, as of its newest checkpoint.",
        new("evaluate runs/fashion-mnist-categorical-vae-gumbel-softmax-1", "on the test images"),
        new("evaluate runs/second --samples 1000 --split validation", "a tighter bound, other images"))
    {
        Samples, Part, AsJson, Of.All,
    }.Doing(Run);

    private static int Run(ParseResult parsed)
    {
        using var interrupt = new Interrupt("stopping; press Ctrl-C again to quit at once");
        using var experiment = Of.Load(parsed);
        var split = parsed.GetValue(Part) == "test" ? Split.Test : Split.Validation;
        var view = TrainingView.OfEvaluation(parsed.GetValue(AsJson));
        Bound[] bounds = [];
        view.Show(() => bounds = [.. (experiment.Model is IHasLogWeights ? [1, parsed.GetValue(Samples)] : new[] { 1 }).Select(k => RunReport.Evaluate(experiment, k, split, view, interrupt.Token))]);
        if (bounds.FirstOrDefault(b => !double.IsFinite(b.Mean)) is { } bad) throw new NonFiniteException($"{Of.Folder(parsed)}: the {bad.Description} is {bad.Mean}");

        var title = $"{experiment.Data.Name} {split} bounds".ToLowerInvariant();
        if (parsed.GetValue(AsJson)) Json.Write(ToJson(experiment, split, bounds));
        else RunText.WriteBounds(title, bounds, experiment.Data.Unit);
        if (!parsed.GetValue(AsJson)) RunText.Pairs(("conditions", RunReport.Conditions(experiment)));
        return Application.Success;
    }

    private static JsonObject ToJson(Experiment experiment, Split split, Bound[] bounds) => new()
    {
        ["conditions"] = RunReport.Conditions(experiment),
        ["split"] = split.ToString().ToLowerInvariant(),
        ["bounds"] = new JsonArray([.. bounds.Select(b => b.ToJson())]),
    };
}
