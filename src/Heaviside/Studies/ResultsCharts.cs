using Heaviside.Plots;

namespace Heaviside.Studies;

/// <summary>The figures of a study: one for every chart and row, a line for every column, its median seed highlighted.</summary>
internal static class ResultsCharts
{
    /// <summary>The files with their headlines.</summary>
    public static IEnumerable<(string Name, string Title)> Files(StudyPlan plan) =>
        from chart in plan.Study.Charts from row in plan.Rows select (FileName(chart, row), $"{chart.Name}: {row}");

    public static IEnumerable<(string Name, LineChart Chart)> Draw(StudyResults results) =>
        from chart in results.Plan.Study.Charts from row in results.Plan.Rows select (FileName(chart, row), Draw(results, chart, row));

    private static string FileName(StudyChart chart, string row) => $"{StudyRun.FolderName(chart.Name)}-{StudyRun.FolderName(row)}.svg";

    private static LineChart Draw(StudyResults results, StudyChart chart, string row)
    {
        var cells = results.Plan.Cells.Where(c => c.Row == row).Select(c => (c.Column, Records: results.Chosen(c))).ToList();
        var data = cells.SelectMany(c => c.Records).FirstOrDefault()?.Data ?? "not begun";
        return new()
        {
            Title = $"{chart.Name}: {row}",
            Subtitle = $"{results.Plan.Study.Paper}, {data}; {chart.Bound}; {Seeds(results.Measures[0].Cells.Where(c => c.Cell.Row == row).Max(c => c.Values.Count))}. {ResultsMarkdown.Extent(results).Replace("**", "", StringComparison.Ordinal)}",
            XLabel = "training step",
            YLabel = chart.Unit,
            Series = [.. from cell in cells from line in chart.Lines from series in Curves(cell.Column, line, cell.Records) select series],
        };
    }

    private static string Seeds(int count) => count == 1 ? "1 seed" : $"{count} seeds, the median one highlighted";

    // Of several seeds the one whose last value is the median stands out.
    private static IEnumerable<ChartSeries> Curves(string column, StudyLine line, IReadOnlyList<RunRecord> records)
    {
        var name = line.Name == "" ? column : $"{column}, {line.Name}";
        var courses = records.Select(r => line.Reading.Course(r).ToList()).Where(c => c.Count > 0).OrderBy(c => c[^1].Value).ToList();
        for (var i = 0; i < courses.Count; i++)
            yield return new(name, [.. courses[i].Select(p => (double)p.Step)], [.. courses[i].Select(p => p.Value)]) { IsFaint = i != courses.Count / 2 };
    }
}
