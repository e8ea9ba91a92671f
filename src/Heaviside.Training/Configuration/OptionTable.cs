namespace Heaviside.Configuration;

/// <summary>The options of a component as help shows them, those included that it has only with certain values of others.</summary>
internal static class OptionTable
{
    /// <summary>Each option with its default, and the condition under which there is one, such as <c>with baseline running</c>; null: always.</summary>
    /// <param name="create">Makes the component with its defaults.</param>
    internal static IReadOnlyList<(Setting Setting, string? Condition)> Of(Func<object> create)
    {
        var component = create();
        var rows = Read(component, []).Select(s => (Setting: s, Condition: (string?)null)).ToList();
        foreach (var option in OptionInfo.Of(component.GetType()).Where(o => rows.All(r => r.Setting.Key != o.Name)))
        {
            var (key, value) = option.Condition!.Value;
            var place = rows.FindLastIndex(r => r.Setting.Key == key || r.Condition?.StartsWith($"with {key} ", StringComparison.Ordinal) == true);
            rows.Insert(place + 1, (Read(create(), [option.Condition.Value]).Single(s => s.Key == option.Name), $"with {key} {value}"));
        }

        return rows;
    }

    private static IReadOnlyList<Setting> Read(object component, IEnumerable<KeyValuePair<string, string>> given)
    {
        var settings = new Settings(given);
        settings.Fill(component);
        return settings.Resolved;
    }
}
