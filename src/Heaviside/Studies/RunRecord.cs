using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Files;

namespace Heaviside.Studies;

/// <summary>What the folder of a run has, finished or not.</summary>
public sealed class RunRecord
{
    /// <summary>The lines of metrics so far.</summary>
    public required IReadOnlyList<JsonObject> Metrics { get; init; }

    /// <summary>The content of result.json, or null while the run is not finished.</summary>
    public required JsonObject? Result { get; init; }

    /// <summary>The content of run.json: data, versions and the like.</summary>
    public required JsonObject Information { get; init; }

    /// <summary>Whether the run has its test bounds.</summary>
    public bool IsFinished => Result is not null;

    /// <summary>The test bounds; none while the run is not finished.</summary>
    public IEnumerable<JsonObject> Bounds => (Result?["bounds"] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The step of the last line of metrics, 0 before the first.</summary>
    public long Step => Metrics.Select(StepOf).LastOrDefault();

    /// <summary>Data set, source and binarization.</summary>
    public string Data => Information["data"] is JsonObject data ? $"{data["name"]} ({data["source"]}), binarization {data["binarization"]}" : "unknown data";

    /// <summary>Whether a folder holds a run that was begun.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, "recipe.yaml"));

    /// <summary>Reads a run, also while it is going on; null where there is none.</summary>
    /// <exception cref="InputException">A file of the run is damaged.</exception>
    public static RunRecord? Read(string folder)
    {
        if (!IsIn(folder)) return null;
        var metrics = Path.Combine(folder, "metrics.jsonl");
        return new()
        {
            // The result comes last: what it is read with is complete.
            Result = ReadJson(Path.Combine(folder, "result.json")),
            Metrics = File.Exists(metrics) ? MetricsLog.Read(metrics) : [],
            Information = ReadJson(Path.Combine(folder, "run.json")) ?? [],
        };
    }

    internal static long StepOf(JsonObject line) => line["step"] is JsonValue v && v.TryGetValue(out long step) ? step : 0;

    private static JsonObject? ReadJson(string path)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"{path}: cannot be read: {error.Message}", error);
        }
    }
}
