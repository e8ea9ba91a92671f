namespace Heaviside.Configuration;

/// <summary>Options as help shows them, those included that there are only with certain values of others.</summary>
/// <param name="always">Those that there always are, with their defaults.</param>
internal sealed class OptionTable(IEnumerable<Setting> always)
{
    private readonly List<(Setting Setting, string? Condition)> rows = [.. always.Select(s => (s, (string?)null))];

    /// <summary>Each option with its default, and the condition under which there is one, such as <c>with baseline running</c>; null: always.</summary>
    internal IReadOnlyList<(Setting Setting, string? Condition)> Rows => rows;

    /// <summary>All options of a component.</summary>
    /// <param name="create">Makes it with its defaults.</param>
    internal static OptionTable Of(Func<object> create) => new OptionTable(Read(create(), [])).WithConditional(create);

    /// <summary>This with the options that a component has only with certain values of others.</summary>
    internal OptionTable WithConditional(Func<object> create)
    {
        foreach (var option in OptionInfo.Of(create().GetType()).Where(o => o.Condition is not null)) Add(create, option.Condition!.Value, [option.Condition.Value]);
        return this;
    }

    /// <summary>This with the options of a component that there is only with a value of another option.</summary>
    internal OptionTable With(string key, string value, Func<object> create)
    {
        Add(create, new(key, value), []);
        return this;
    }

    // What is new of a component's options stands below the option on which it depends.
    private void Add(Func<object> create, KeyValuePair<string, string> condition, IEnumerable<KeyValuePair<string, string>> given)
    {
        foreach (var setting in Read(create(), given).Where(s => rows.All(r => r.Setting.Key != s.Key)))
        {
            var above = rows.FindLastIndex(r => r.Setting.Key == condition.Key || r.Condition?.StartsWith($"with {condition.Key} ", StringComparison.Ordinal) == true);
            rows.Insert(above + 1, (setting, $"with {condition.Key} {condition.Value}"));
        }
    }

    private static IReadOnlyList<Setting> Read(object component, IEnumerable<KeyValuePair<string, string>> given)
    {
        var settings = new Settings(given);
        settings.Fill(component);
        return settings.Resolved;
    }
}
