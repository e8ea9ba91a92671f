using Heaviside.Cli.Output;
using Heaviside.Studies;
using Spectre.Console;

namespace Heaviside.Cli.Reproduction;

/// <summary>What is printed of a study before, during and after its runs.</summary>
internal static class ReproductionText
{
    internal static void WriteHeader(StudyPlan plan, IReadOnlyList<RunProgress> runs, int jobs, string folder)
    {
        var left = runs.Count(r => !r.IsOver);
        RunText.Pairs(
            ("study", $"{plan.Study.Id}: {plan.Study.Title}"),
            ("paper", plan.Study.Paper),
            ("scale", plan.Scale),
            ("runs", $"{Format.Of(runs.Count)}, {(left < runs.Count ? $"{Format.Of(runs.Count - left)} of them finished before, " : "")}{jobs} at a time"),
            ("results", Path.Combine(folder, "results.md")));
    }

    /// <summary>A run that is over, in one line.</summary>
    internal static string Line(RunProgress run, StudyResults results) => run.State switch
    {
        RunState.Failed => $"failed    {run.Run.Name}: {run.Problem}",
        RunState.Finished => $"finished  {run.Run.Name}: {string.Join("; ", results.Measures.Select(m => Measured(run, m.Measure, results)))}",
        RunState.Stopped => $"stopped   {run.Run.Name}",
        RunState.Elsewhere => $"waiting   {run.Run.Name}: another process works on it",
        _ => $"{(run.Validation is null ? "started " : "running ")}  {run.Run.Name}  {run.StepText}{(run.Validation is { } bound ? $"  validation bound {Format.Nats(bound)}" : "")}",
    };

    /// <summary>Every measure, ours above the paper's.</summary>
    internal static void WriteResults(StudyResults results, IReadOnlyList<RunProgress> runs, string folder)
    {
        foreach (var (measure, cells) in results.Measures)
        {
            Terminal.Out.WriteLine();
            var table = Terminal.Table([$"{measure.Name}, {measure.Unit}", "", .. results.Plan.Columns]);
            foreach (var column in table.Columns.Skip(2)) column.RightAligned();
            foreach (var row in results.Plan.Rows)
            {
                var own = cells.Where(c => c.Cell.Row == row).ToList();
                Add(table, [row, "ours", .. own.Select(ResultsFolder.Text)]);
                if (own.Any(c => c.Paper is not null)) Add(table, ["", "paper", .. own.Select(c => c.Paper?.Text ?? "")]);
            }

            Terminal.Write(table);
            Terminal.Out.WriteLine($"  {measure.Name}: {measure.Bound}");
        }

        Terminal.Out.WriteLine();
        foreach (var run in runs.Where(r => r.State == RunState.Failed)) Terminal.Out.WriteLine(Line(run, results));
        Terminal.Out.WriteLine(ResultsFolder.Extent(results));
        Terminal.Out.WriteLine($"written: {Path.Combine(folder, "results.md")}, results.csv, results.json{(results.Plan.Study.Charts.Count > 0 ? ", charts" : "")}");
    }

    private static string Measured(RunProgress run, StudyMeasure measure, StudyResults results) =>
        $"{measure.Name} {(results.Value(measure, run.Run) is { } value ? ResultsFolder.Text(value) : "none")}{(measure.Paper.TryGetValue((run.Run.Row, run.Run.Column), out var paper) ? $", paper {paper.Text}" : "")}";

    private static void Add(Table table, IEnumerable<string> cells) => table.AddRow([.. cells.Select(Markup.Escape)]);
}
