using System.Text.Json.Nodes;
using Heaviside.Files;

namespace Heaviside.Studies;

/// <summary>Writes what a study has come to: results.md, results.csv, results.json, a picture for every chart and row, and those that the runs have made.</summary>
public static class ResultsFolder
{
    /// <summary>Writes all files, each all or nothing, over those of before.</summary>
    public static void Write(StudyResults results, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, chart) in ResultsCharts.Draw(results)) chart.Write(Path.Combine(folder, name));
        foreach (var (name, _, source) in ResultsPictures.Of(results)) AtomicFile.WriteBytes(Path.Combine(folder, name), File.ReadAllBytes(source));
        AtomicFile.WriteText(Path.Combine(folder, "results.csv"), ResultsCsv.Write(results));
        AtomicFile.WriteText(Path.Combine(folder, "results.json"), ResultsJson.Write(results));
        AtomicFile.WriteText(Path.Combine(folder, "results.md"), ResultsMarkdown.Write(results));
    }

    /// <summary>The results as one JSON object.</summary>
    public static JsonObject ToJson(StudyResults results) => ResultsJson.ToJson(results);

    /// <summary>A cell as the table has it: its number with its error, and a remark unless it is finished.</summary>
    public static string Text(CellResult cell) => ResultsMarkdown.Ours(cell);

    /// <summary>A number as the table has it: two decimals, or two digits where it is near 0.</summary>
    public static string Text(double value) => ResultsMarkdown.Number(value);

    /// <summary>Whether all runs are finished and as long as the paper's, and which rows are left out, a sentence each.</summary>
    public static string Extent(StudyResults results) => (ResultsMarkdown.Extent(results) + ResultsMarkdown.Remarks(results.Plan)).Replace("**", "", StringComparison.Ordinal);
}
