using System.Globalization;
using System.Text;
using Heaviside.Configuration;

namespace Heaviside.Studies;

/// <summary>Results as a page of Markdown: ours beside the paper's, and all that the numbers must be read with.</summary>
internal static class ResultsMarkdown
{
    private const string PaperScaleSteps = $"the steps of scale `{StudyGrid.PaperScale}`";

    public static string Write(StudyResults results)
    {
        var plan = results.Plan;
        var study = plan.Study;
        var page = new StringBuilder($"# {study.Title}\n\n{study.Paper}. Written by `{HostProgram.Name} reproduce {study.Id} --scale {plan.Scale}`.\n");
        page.Append(CultureInfo.InvariantCulture, $"\n{Extent(results)}{Remarks(plan)}\n");
        if (study.Description != "") page.Append(CultureInfo.InvariantCulture, $"\n{study.Description.Trim()}\n");
        foreach (var (measure, cells) in results.Measures) Table(page, plan, measure, cells);
        page.Append("\nOurs: mean over the seeds, ± its standard error where there are two or more. A cell with a remark is not final.\n");
        Conditions(page, plan, results.Measures[0].Cells);
        foreach (var (name, title) in ResultsCharts.Files(plan)) page.Append(CultureInfo.InvariantCulture, $"\n![{title}]({name})\n");
        foreach (var (name, title, _) in ResultsPictures.Of(results)) page.Append(CultureInfo.InvariantCulture, $"\n{Capital(title)}:\n\n![{title}]({name})\n");
        return page.ToString();
    }

    /// <summary>Whether it is all there, and whether it is as long as the paper's, in a sentence or two.</summary>
    internal static string Extent(StudyResults results)
    {
        var plan = results.Plan;
        var runs = plan.Runs.Count;
        var finished = results.Measures[0].Cells.Sum(c => c.Finished);
        var state = finished < runs ? $"**Unfinished: {finished} of {runs} runs are finished.**" : runs == 1 ? "The run is finished." : $"All {runs} runs are finished.";
        var ratios = plan.Cells.SelectMany(c => c.Runs.Select(r => (double)r.Steps / c.PaperSteps)).Distinct().Order().ToList();
        return ratios[0] >= 1 ? state : $"{state} **Shortened: {(ratios.Count == 1 ? Percent(ratios[0]) : $"{Percent(ratios[0])} to {Percent(ratios[^1])}")} of {(plan.Study.Grid.OriginOfSteps is null ? "the paper's training steps" : PaperScaleSteps)}.**";
    }

    // Steps that are not the paper's, and rows that nothing was run for.
    internal static string Remarks(StudyPlan plan) =>
        (plan.Study.Grid.OriginOfSteps is { } origin ? $" The steps of scale `{StudyGrid.PaperScale}`: {origin}." : "")
        + (plan.LeftOut is { Count: > 0 } rows ? $" **Left out at this scale: {rows.Count} of {rows.Count + plan.Rows.Count} rows: {string.Join("; ", rows)}.**" : "");

    private static void Table(StringBuilder page, StudyPlan plan, StudyMeasure measure, IReadOnlyList<CellResult> cells)
    {
        var samples = cells.Select(c => c.Samples).OfType<int>().Distinct().Order().ToList();
        page.Append(CultureInfo.InvariantCulture, $"\n## {Capital(measure.Name)}, {measure.Unit}\n\n{Capital(measure.Bound)}{(samples.Count > 0 ? $"; samples per image: {string.Join(", ", samples)}" : "")}.\n\n");
        Row(page, ["", "", .. plan.Columns]);
        Row(page, ["---", "---", .. plan.Columns.Select(_ => "---:")]);
        foreach (var row in plan.Rows)
        {
            var own = cells.Where(c => c.Cell.Row == row).ToList();
            Row(page, [row, "ours", .. own.Select(Ours)]);
            if (own.Any(c => c.Paper is not null)) Row(page, ["", "paper", .. own.Select(c => c.Paper?.Text ?? "")]);
            if (own.Any(c => c.Cell.Runs.Select(r => r.LearningRate).Distinct().Count() > 1)) Row(page, ["", "learning rate", .. own.Select(c => c.LearningRate ?? "")]);
        }
    }

    /// <summary>A cell in words: its number with its error, and a remark unless it is finished.</summary>
    internal static string Ours(CellResult cell)
    {
        if (cell.Mean is not { } mean) return cell.State;
        var number = cell.StandardError is { } error ? $"{Number(mean)} ± {Number(error)}" : Number(mean);
        return cell.State == "finished" ? number : $"{number} ({cell.State}, {Count(cell.Steps)} steps)";
    }

    private static void Conditions(StringBuilder page, StudyPlan plan, IReadOnlyList<CellResult> cells)
    {
        page.Append("\n## Conditions\n\n");
        Row(page, ["", "data", "steps", plan.Study.Grid.OriginOfSteps is null ? "paper's steps" : PaperScaleSteps, "ratio", "seeds", "learning rates"]);
        Row(page, ["---", "---", "---:", "---:", "---:", "---", "---"]);
        foreach (var row in plan.Rows)
        {
            var own = cells.Where(c => c.Cell.Row == row && c.Cell.Runs.Count > 0).ToList();
            if (own.Count == 0) continue;
            var runs = own.SelectMany(c => c.Cell.Runs).ToList();
            Row(page,
            [
                row,
                List(own.Select(c => c.Data).OfType<string>(), "not begun"),
                List(own.Select(c => c.Cell.Runs.Select(r => Count(r.Steps)).First())),
                List(own.Select(c => Count(c.Cell.PaperSteps))),
                List(own.Select(c => Percent((double)c.Cell.Runs[0].Steps / c.Cell.PaperSteps))),
                List(runs.Select(r => $"{r.Seed}")),
                List(runs.Select(r => r.LearningRate).OfType<string>(), "as in the settings"),
            ]);
        }
    }

    private static string List(IEnumerable<string> values, string none = "") => values.Distinct().ToList() is { Count: > 0 } some ? string.Join(", ", some) : none;

    private static void Row(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Two decimals, or two digits where it is near 0.</summary>
    internal static string Number(double value) => value.ToString(Math.Abs(value) >= 1 || value == 0 ? "F2" : Math.Abs(value) >= 0.1 ? "0.####" : "G2", CultureInfo.InvariantCulture);

    internal static string Percent(double ratio) => (ratio * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";
}
