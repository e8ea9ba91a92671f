using System.Text;
using Heaviside.Numerics;

namespace Heaviside.Studies;

/// <summary>Results as comma-separated values: a line for every measure and cell.</summary>
internal static class ResultsCsv
{
    private static readonly string[] Header =
    [
        "study", "scale", "row", "column", "measure", "unit", "bound", "value", "standard-error", "seeds", "learning-rate", "samples",
        "steps", "paper-steps", "ratio", "paper", "paper-standard-error", "data", "state",
    ];

    public static string Write(StudyResults results)
    {
        var text = new StringBuilder();
        Line(text, Header);
        foreach (var (measure, cells) in results.Measures)
            foreach (var c in cells)
                Line(text,
                [
                    results.Plan.Study.Id, results.Plan.Scale, c.Cell.Row, c.Cell.Column, measure.Name, measure.Unit, measure.Bound,
                    Number(c.Mean), Number(c.StandardError), $"{c.Values.Count}", c.LearningRate ?? "", $"{c.Samples}",
                    $"{c.Steps}", $"{c.Cell.PaperSteps}", Number(c.Cell.PaperSteps > 0 ? c.Ratio : null), Number(c.Paper?.Value), Number(c.Paper?.Error), c.Data ?? "", c.State,
                ]);
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Quoted)).Append('\n');

    private static string Number(double? value) => value is { } number ? Invariant.Format(number) : "";

    private static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
