using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Files;

namespace Heaviside.Studies;

/// <summary>What the folder of a run has, finished or not.</summary>
public sealed class RunRecord
{
    /// <summary>The lines of metrics so far.</summary>
    public required IReadOnlyList<JsonObject> Metrics { get; init; }

    /// <summary>The test bounds; none by default, as while the run is not finished, and in the laboratory.</summary>
    public IReadOnlyList<JsonObject> Bounds { get; init; } = [];

    /// <summary>What it was made on: data set, source and binarization, or a problem or demonstration.</summary>
    public required string Data { get; init; }

    /// <summary>Where it is kept, with its pictures; null, the default, where it is in no folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether there is nothing left to do for it.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>The step that the metrics have come to, 0 before the first.</summary>
    public long Step => Metrics.Select(StepOf).DefaultIfEmpty().Max();

    /// <summary>Whether a folder holds a training run that was begun.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, "recipe.yaml"));

    /// <summary>Reads a training run, also while it is going on; null where there is none. It is finished when it has its test bounds.</summary>
    /// <exception cref="InputException">A file of the run is damaged.</exception>
    public static RunRecord? Read(string folder)
    {
        if (!IsIn(folder)) return null;
        var result = ReadJson(Path.Combine(folder, "result.json")); // it comes last: what is read after it is complete
        var data = ReadJson(Path.Combine(folder, "run.json"))?["data"] as JsonObject;
        return new()
        {
            Metrics = ReadMetrics(folder) ?? [],
            Bounds = [.. (result?["bounds"] as JsonArray)?.OfType<JsonObject>() ?? []],
            Data = data is null ? "unknown data" : $"{data["name"]} ({data["source"]}), binarization {data["binarization"]}",
            Folder = folder,
            IsFinished = result is not null,
        };
    }

    /// <summary>Reads a run of the laboratory, also while it is going on; null where there is none. It is finished when it has come to
    /// its end after so many steps: an interrupted one ends too.</summary>
    /// <exception cref="InputException">Its metrics are damaged.</exception>
    public static RunRecord? ReadLaboratory(string folder, long steps)
    {
        if (ReadMetrics(folder) is not { } metrics) return null;
        return new()
        {
            Metrics = metrics,
            Data = (string?)metrics.FirstOrDefault()?["title"] ?? "unknown problem",
            Folder = folder,
            IsFinished = (string?)metrics.LastOrDefault()?["kind"] == "end" && metrics.Max(StepOf) >= steps,
        };
    }

    internal static long StepOf(JsonObject line) => line["step"] is JsonValue v && v.TryGetValue(out long step) ? step : 0;

    private static IReadOnlyList<JsonObject>? ReadMetrics(string folder) =>
        Path.Combine(folder, "metrics.jsonl") is var path && File.Exists(path) ? MetricsLog.Read(path) : null;

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
