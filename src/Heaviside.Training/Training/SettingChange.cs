using Heaviside.Configuration;

namespace Heaviside.Training;

/// <summary>A setting with which a run was continued and that was another before.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Was">Its value until then.</param>
/// <param name="Is">Its value from then on.</param>
internal sealed record SettingChange(string Key, string Was, string Is)
{
    // How long, how fast, where, and what is measured beside: no number that was computed means something else after a change of these.
    private static readonly string[] Free =
    [
        "steps", "epochs", "patience", "learning-rate", "probes", "probe-samples", "validate-every", "checkpoint-every", "log-every", "test-samples", "device",
    ];

    /// <summary>The settings of a run's recipe with changes for what is still to come; epochs take the place of steps.</summary>
    /// <exception cref="InputException">One of them may not change.</exception>
    internal static Settings Apply(Settings recipe, IReadOnlyList<KeyValuePair<string, string>> asked)
    {
        foreach (var (key, _) in asked)
            if (!MayChange(key)) throw new InputException($"a run is continued as it was begun: leave out '{key}', which it keeps; what may change are {string.Join(", ", Free)}");
        var changed = recipe.With(asked);
        return changed.Has("epochs") && asked.All(a => a.Key != "steps") && asked.Any(a => a.Key == "epochs") ? changed.With([new("steps", "0")]) : changed;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Is}, was {Was}";

    /// <summary>What has changed since a checkpoint was made.</summary>
    /// <param name="then">The settings that it was made with; null where they are not known.</param>
    /// <param name="now">Settings of now, all of them read.</param>
    /// <param name="checkpoint">The checkpoint's folder.</param>
    /// <exception cref="InputException">A setting has changed that may not.</exception>
    internal static IReadOnlyList<SettingChange> Between(IReadOnlyDictionary<string, string>? then, Settings now, string checkpoint)
    {
        if (then is null) return [];
        SettingChange[] changes =
        [
            .. from setting in now.Resolved
               let was = then.GetValueOrDefault(setting.Key, setting.Default) // a key that a later version has added
               where was != setting.Value
               select new SettingChange(setting.Key, was, setting.Value),
        ];
        return changes.FirstOrDefault(c => !MayChange(c.Key)) is { } refused
            ? throw new InputException($"{checkpoint}: was made with {refused.Key}: {refused.Was}, the run's recipe now has {refused.Is}; a run keeps that to its end: put it back, or start another run")
            : changes;
    }

    // How log Z is computed matters only to the bounds at the end.
    private static bool MayChange(string key) => Free.Contains(key) || key.StartsWith("partition", StringComparison.Ordinal);
}
