using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heaviside.Studies;

/// <summary>Results as one JSON object: the study, and under <c>measures</c> each with its <c>cells</c>.</summary>
internal static class ResultsJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(StudyResults results) => ToJson(results).ToJsonString(Indented) + "\n";

    public static JsonObject ToJson(StudyResults results) => new()
    {
        ["study"] = results.Plan.Study.Id,
        ["title"] = results.Plan.Study.Title,
        ["paper"] = results.Plan.Study.Paper,
        ["scale"] = results.Plan.Scale,
        ["complete"] = results.IsComplete,
        ["measures"] = new JsonArray([.. results.Measures.Select(m => new JsonObject
        {
            ["name"] = m.Measure.Name,
            ["unit"] = m.Measure.Unit,
            ["bound"] = m.Measure.Bound,
            ["cells"] = new JsonArray([.. m.Cells.Select(Cell)]),
        })]),
    };

    private static JsonNode Cell(CellResult c) => new JsonObject
    {
        ["row"] = c.Cell.Row,
        ["column"] = c.Cell.Column,
        ["state"] = c.State,
        ["mean"] = c.Mean,
        ["standard-error"] = c.StandardError,
        ["values"] = new JsonArray([.. c.Values.Select(v => JsonValue.Create(v))]),
        ["learning-rate"] = c.LearningRate,
        ["samples"] = c.Samples,
        ["data"] = c.Data,
        ["steps"] = c.Steps,
        ["paper-steps"] = c.Cell.PaperSteps,
        ["runs"] = c.Cell.Runs.Count,
        ["finished"] = c.Finished,
        ["failed"] = c.Failed,
        ["paper"] = c.Paper?.Value,
        ["paper-standard-error"] = c.Paper?.Error,
    };
}
