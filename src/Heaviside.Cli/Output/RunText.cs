using System.Globalization;
using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Training;
using Spectre.Console;

namespace Heaviside.Cli.Output;

/// <summary>What a run prints before, during and after training.</summary>
internal static class RunText
{
    /// <summary>What is trained on what, and where the run is written.</summary>
    internal static void WriteHeader(RunFolder run, Experiment e)
    {
        var parameters = e.Model.parameters().Sum(p => p.numel());
        Pairs(
            ("model", $"{e.ModelName}, {Format.Of(parameters)} parameters, on {e.Device}"),
            ("estimator", e.EstimatorName),
            ("data", $"{e.Data.Name} ({e.Data.Source}), {Format.Of(e.Data.Count(Split.Train))} training {e.Data.Unit}{string.Concat(e.Data.Facts.Select(f => $", {f.Name} {f.Value}"))}"),
            ("training", $"{Format.Of(e.Options.Steps)} steps of {Format.Of(e.Options.BatchSize)} {e.Data.Unit}, seed {e.Options.Seed}"),
            ("run", run.Root));
    }

    /// <summary>Position and mean objective since the last row.</summary>
    internal static string Row(RunPace pace) =>
        $"{pace.EpochText}  {pace.StepText}  {pace.ObjectiveName} {Format.Nats(pace.TakeObjective())}";

    /// <summary>A validation bound, and whether it is the best so far.</summary>
    internal static string Validation(TrainingState state, Bound bound) =>
        $"validation bound {Format.Of(bound)}{(state.BestStep == state.Step ? "  best" : "      ")}";

    /// <summary>The test bounds with all they must be read with, and the files to look at.</summary>
    internal static void WriteSummary(RunFolder run, Experiment e, RunResult result)
    {
        Terminal.Out.WriteLine();
        WriteBounds($"{e.Data.Name} test bounds", result.Bounds, e.Data.Unit);
        Pairs([
            ("conditions", RunReport.Conditions(e)),
            ("weights", $"of step {Format.Of(result.BestStep)} of {Format.Of(result.Steps)}, the best validation bound"),
            ("ended", result.End == RunEnd.Patience ? $"by patience: {Format.Of(e.Options.Patience)} validations without a better bound, before step {Format.Of(e.Options.Steps)}" : "after all steps"),
            .. result.Figures.Select(f => (f.Name, Figure(f.Mean, f.StandardError, e.Data.Unit))),
            .. new[] { ("samples", run.SamplesFile), ("pairs", run.ReconstructionsFile), ("classes", run.ClassesFile), ("confusion", run.ConfusionFile), ("mistakes", run.MistakesFile), ("graphs", run.GraphsFile), ("trajectories", run.TrajectoriesFile) }.Where(f => File.Exists(f.Item2)),
            ("curves", run.CurvesFile)]);
    }

    /// <summary>Bounds in nats, or scores, with their standard errors.</summary>
    internal static void WriteBounds(string title, IReadOnlyList<Bound> bounds, string unit)
    {
        var nats = bounds.All(b => b.Kind != BoundKind.Score) ? ", nats per " + Singular(unit) : "";
        var table = Terminal.Table(title + nats, "mean", "std. error", unit);
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var b in bounds)
            table.AddRow(new Markup(b.Description), new Markup($"[bold]{Format.Nats(b.Mean)}[/]"), new Markup(Format.Error(b.StandardError)), new Markup(Format.Of(b.Images)));
        Terminal.Write(table);
    }

    /// <summary>Names in grey with their values, which break between words alone, so that a path stays one.</summary>
    internal static void Pairs(params (string Name, string Value)[] pairs)
    {
        var names = pairs.Max(p => p.Name.Length);
        var indent = names + 4;
        foreach (var (name, value) in pairs)
        {
            Terminal.Out.Markup($"  [grey]{Markup.Escape(name.PadRight(names))}[/]  ");
            foreach (var (i, line) in Words.Wrap(value, Terminal.Width - indent).Index())
                Terminal.Out.Profile.Out.Writer.WriteLine(i == 0 ? line : new string(' ', indent) + line);
        }

        Terminal.Out.WriteLine();
    }

    private static string Singular(string unit) => unit.EndsWith("ies", StringComparison.Ordinal) ? unit[..^3] + "y" : unit.TrimEnd('s');

    private static string Figure(double mean, double error, string unit) => double.IsNaN(error)
        ? string.Create(CultureInfo.InvariantCulture, $"{mean:G5}, of all test {unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{mean:G5} +- {error:G2}, mean over the test {unit}");
}
