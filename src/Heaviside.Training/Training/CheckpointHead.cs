using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Files;

namespace Heaviside.Training;

/// <summary>A checkpoint's <c>state.json</c>: where the run is, which settings it was made with, and the checksum of every part.</summary>
/// <param name="State">Where the run is.</param>
/// <param name="Settings">The settings by key; null where the version that wrote it noted none, as 0.2.0.</param>
/// <param name="Sums">The SHA-256 of every part by its name; null likewise.</param>
internal sealed record CheckpointHead(TrainingState State, IReadOnlyDictionary<string, string>? Settings, IReadOnlyDictionary<string, string>? Sums)
{
    private const string FileName = "state.json", SettingsKey = "settings", SumsKey = "sums", OwnSumKey = "sum";

    /// <summary>The name of a checkpoint's folder.</summary>
    internal static string NameOf(long step) => $"step-{step:D10}";

    /// <summary>Writes the file into a checkpoint's folder.</summary>
    internal static void Write(string folder, TrainingState state, Settings settings, IEnumerable<KeyValuePair<string, string>> sums)
    {
        var json = state.ToJson();
        json[SettingsKey] = Texts(settings.Resolved.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        json[SumsKey] = Texts(sums);
        json[OwnSumKey] = FileSum.OfText(json.ToJsonString());
        AtomicFile.WriteText(Path.Combine(folder, FileName), json.ToJsonString());
    }

    /// <summary>Reads the file of a checkpoint's folder.</summary>
    /// <exception cref="InputException">It cannot be read, was changed, or is of another checkpoint.</exception>
    internal static CheckpointHead Read(string folder)
    {
        var json = JsonText.Read(Path.Combine(folder, FileName));
        var (settings, sums) = (Texts(json, SettingsKey), Texts(json, SumsKey));
        if (settings is not null || sums is not null || json.ContainsKey(OwnSumKey))
        {
            var sum = json.Text(OwnSumKey);
            json.Remove(OwnSumKey);
            if (FileSum.OfText(json.ToJsonString()) != sum) throw new InputException("its state has changed since it was written: its checksum is another");
        }

        var state = TrainingState.FromJson(json);
        return Path.GetFileName(folder) == NameOf(state.Step)
            ? new(state, settings, sums)
            : throw new InputException($"its state is of step {state.Step}");
    }

    /// <summary>The sum that a part must have; null where none are known.</summary>
    /// <exception cref="InputException">There are sums, but none of this part.</exception>
    internal string? SumOf(string part) =>
        Sums is null ? null : Sums.TryGetValue(part, out var sum) ? sum : throw new InputException($"it has no {part}");

    private static JsonObject Texts(IEnumerable<KeyValuePair<string, string>> texts) => new(texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value)));

    private static Dictionary<string, string>? Texts(JsonObject json, string key) => json[key] switch
    {
        null => null,
        JsonObject texts => texts.ToDictionary(t => t.Key, t => texts.Text(t.Key) ?? throw new InputException($"its {key} have no text '{t.Key}'")),
        _ => throw new InputException($"its {key} are no JSON object"),
    };
}
