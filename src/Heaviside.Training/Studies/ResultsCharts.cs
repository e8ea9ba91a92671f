using System.Text.Json.Nodes;
using Heaviside.Files;
using Heaviside.Pictures;

namespace Heaviside.Studies;

/// <summary>The figures of a study: one for every chart and row, a line for every column, its median seed highlighted, or a histogram of all seeds.</summary>
internal static class ResultsCharts
{
    // What a line of metrics says of a bar.
    private static readonly string[] Bar = ["low", "high", "share"];

    /// <summary>The files with their headlines.</summary>
    public static IEnumerable<(string Name, string Title)> Files(StudyPlan plan) =>
        from chart in plan.Study.Charts from row in plan.Rows select (FileName(chart, row), $"{chart.Name}: {row}");

    public static IEnumerable<(string Name, Chart Chart)> Draw(StudyResults results) =>
        from chart in results.Plan.Study.Charts from row in results.Plan.Rows select (FileName(chart, row), Draw(results, chart, row));

    private static string FileName(StudyChart chart, string row) => $"{StudyRun.FolderName(chart.Name)}-{StudyRun.FolderName(row)}.svg";

    private static Chart Draw(StudyResults results, StudyChart chart, string row)
    {
        var cells = results.Plan.Cells.Where(c => c.Row == row).Select(c => (c.Column, Records: results.Chosen(c))).ToList();
        var data = cells.SelectMany(c => c.Records).FirstOrDefault()?.Data ?? "not begun";
        var title = $"{chart.Name}: {row}";
        var seeds = Seeds(results.Measures[0].Cells.Where(c => c.Cell.Row == row).Max(c => c.Values.Count), chart.Histogram is null ? "the median one highlighted" : "together");
        var conditions = $"{results.Plan.Study.Paper}, {data}; {chart.Bound}; {seeds}. {ResultsMarkdown.Extent(results).Replace("**", "", StringComparison.Ordinal)}";
        return chart.Histogram is { } kind
            ? new HistogramChart
            {
                Title = title,
                Subtitle = conditions,
                XLabel = chart.Name,
                YLabel = chart.Unit,
                Height = 240 + (160 * cells.Count),
                Histograms = [.. from cell in cells let bars = Bars(kind, cell.Records) where bars.Count > 0 select Histogram(cell.Column, bars)],
            }
            : new LineChart
            {
                Title = title,
                Subtitle = conditions,
                XLabel = StudyChart.Axes[chart.Against],
                YLabel = chart.Unit,
                Series = [.. from cell in cells from line in chart.Lines from series in Curves(cell.Column, line, chart.Against, cell.Records) select series],
            };
    }

    private static string Seeds(int count, string how) => count == 1 ? "1 seed" : $"{count} seeds, {how}";

    // Those of the last step of every run.
    private static List<JsonObject> Bars(string kind, IReadOnlyList<RunRecord> records) =>
        [.. records.SelectMany(r => r.Metrics.Where(line => line.Text("kind") == kind && Bar.All(key => line.Number(key) is not null)).GroupBy(RunRecord.StepOf).MaxBy(g => g.Key) ?? Enumerable.Empty<JsonObject>())];

    // Bars at one place are those of several runs, of which there is the mean.
    private static ChartHistogram Histogram(string column, List<JsonObject> bars)
    {
        var places = bars.GroupBy(b => (Low: b.Number(Bar[0]), High: b.Number(Bar[1]))).OrderBy(g => g.Key.Low).ToList();
        return new(column, [.. places.Select(p => p.Key.Low!.Value), places[^1].Key.High!.Value], [.. places.Select(p => p.Average(b => b.Number(Bar[2])!.Value))]);
    }

    // Of several seeds the one whose last value is the median stands out.
    private static IEnumerable<ChartSeries> Curves(string column, StudyLine line, string against, IReadOnlyList<RunRecord> records)
    {
        var name = line.Name == "" ? column : $"{column}, {line.Name}";
        var courses = records.Select(r => line.Reading.Course(r, against).ToList()).Where(c => c.Count > 0).OrderBy(c => c[^1].Value).ToList();
        for (var i = 0; i < courses.Count; i++)
        {
            var isFaint = i != courses.Count / 2;
            yield return new(name, [.. courses[i].Select(p => p.At)], [.. courses[i].Select(p => p.Value)]) { IsFaint = isFaint, StandardErrors = isFaint ? null : [.. courses[i].Select(p => p.Error)] };
        }
    }
}
