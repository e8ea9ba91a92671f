using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Files;

namespace Heaviside.Studies;

/// <summary>What the folder of a run has, finished or not.</summary>
public sealed class RunRecord
{
    /// <summary>The lines of metrics so far.</summary>
    public required IReadOnlyList<JsonObject> Metrics { get; init; }

    /// <summary>The test bounds; none by default, as while the run is not finished, and in the laboratory.</summary>
    public IReadOnlyList<JsonObject> Bounds { get; init; } = [];

    /// <summary>The other figures of the result, each with its name as <c>kind</c>; none by default.</summary>
    public IReadOnlyList<JsonObject> Figures { get; init; } = [];

    /// <summary>What it was made on: data set, source and binarization, or a problem or demonstration.</summary>
    public required string Data { get; init; }

    /// <summary>Where it is kept, with its pictures; null, the default, where it is in no folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether there is nothing left to do for it.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>The step that the metrics have come to, 0 before the first.</summary>
    public long Step => Metrics.Select(StepOf).DefaultIfEmpty().Max();

    /// <summary>Whether a folder holds a training run that was begun.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, RunFileName.Recipe));

    /// <summary>Reads a training run, also while it is going on; null where there is none. It is finished when it has its test bounds.</summary>
    /// <exception cref="InputException">A file of the run is damaged.</exception>
    public static RunRecord? Read(string folder)
    {
        if (!IsIn(folder)) return null;
        var results = Path.Combine(folder, RunFileName.Result);
        var result = ReadJson(results); // it comes last: what is read after it is complete
        var data = ReadJson(Path.Combine(folder, RunFileName.Info))?["data"] as JsonObject;
        var bounds = result?["bounds"] as JsonArray;
        if (result is not null && bounds?.All(b => b is JsonObject) != true) throw new InputException($"{results}: has no list of bounds; delete it and continue the run with: {HostProgram.Name} train --resume {folder}");
        return new()
        {
            Metrics = ReadMetrics(folder) ?? [],
            Bounds = [.. bounds?.OfType<JsonObject>() ?? []],
            Figures = [.. FiguresOf(result)],
            Data = data is null ? "unknown data" : $"{data["name"]} ({data["source"]}){(data["binarization"] is { } binarization ? $", binarization {binarization}" : "")}",
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
            Data = metrics.FirstOrDefault()?.Text("title") ?? "unknown problem",
            Folder = folder,
            IsFinished = metrics.LastOrDefault()?.Text("kind") == "end" && metrics.Max(StepOf) >= steps,
        };
    }

    private static IEnumerable<JsonObject> FiguresOf(JsonObject? result) =>
        from figure in result?["figures"] as JsonObject ?? []
        where figure.Value is JsonObject
        select new JsonObject(figure.Value!.AsObject().Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())).Append(KeyValuePair.Create("kind", (JsonNode?)figure.Key)));

    internal static long StepOf(JsonObject line) => line.Whole("step") ?? 0;

    private static IReadOnlyList<JsonObject>? ReadMetrics(string folder) =>
        Path.Combine(folder, RunFileName.Metrics) is var path && File.Exists(path) ? MetricsLog.Read(path) : null;

    private static JsonObject? ReadJson(string path) => File.Exists(path) ? JsonText.Read(path) : null;
}
