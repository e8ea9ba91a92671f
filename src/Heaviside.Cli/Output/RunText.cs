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
            ("model", $"{Setting(e, "model")}, {Format.Of(parameters)} parameters, on {e.Device}"),
            ("estimator", Setting(e, "estimator")),
            ("data", $"{e.Data.Name}, {Format.Of(e.Data.Train.Count)} training images, binarization {e.Binarization}"),
            ("training", $"{Format.Of(e.Options.Steps)} steps of {Format.Of(e.Options.BatchSize)} images, seed {e.Options.Seed}"),
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
        WriteBounds($"{e.Data.Name} test bounds", result.Elbo, result.ImportanceWeighted);
        Pairs([
            ("conditions", RunReport.Conditions(e)),
            ("weights", $"of step {Format.Of(result.BestStep)} of {Format.Of(result.Steps)}, the best validation bound"),
            ("samples", run.SamplesFile),
            ("pairs", run.ReconstructionsFile),
            .. File.Exists(run.ClassesFile) ? [("classes", run.ClassesFile)] : Array.Empty<(string, string)>(),
            ("curves", run.CurvesFile)]);
    }

    /// <summary>Bounds in nats per image with their standard errors.</summary>
    internal static void WriteBounds(string title, params Bound[] bounds)
    {
        var table = Terminal.Table($"{title}, nats per image", "mean", "std. error", "images");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var b in bounds)
            table.AddRow(new Markup(b.Description), new Markup($"[bold]{Format.Nats(b.Mean)}[/]"), new Markup(Format.Error(b.StandardError)), new Markup(Format.Of(b.Images)));
        Terminal.Out.Write(table);
    }

    /// <summary>Names in grey with their values.</summary>
    internal static void Pairs(params (string Name, string Value)[] pairs)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        foreach (var (name, value) in pairs) grid.AddRow(new Markup($"[grey]{Markup.Escape(name)}[/]"), new Text(value));
        Terminal.Out.Write(grid);
        Terminal.Out.WriteLine();
    }

    private static string Setting(Experiment e, string key) => e.Settings.Resolved.Single(s => s.Key == key).Value;
}
