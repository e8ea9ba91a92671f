using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Heaviside.Configuration;

/// <summary>A mapping of a YAML file that may have certain keys only; whatever is wrong in it is said with line and column.</summary>
internal sealed class YamlSection
{
    private readonly string source, what;
    private readonly Mark start;
    private readonly OrderedDictionary<string, (Mark At, YamlNode Node)> values = [];

    /// <summary>The section that a node is.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="source">What errors call the file.</param>
    /// <param name="what">What errors call the section: "a row".</param>
    /// <param name="keys">The keys that it may have; null: any.</param>
    /// <exception cref="InputException">It is no mapping, or has another key or one twice.</exception>
    public YamlSection(YamlNode node, string source, string what, IReadOnlyList<string>? keys)
    {
        (this.source, this.what, start) = (source, what, node.Start);
        if (node is not YamlMappingNode mapping) throw YamlFile.At(source, node.Start, $"{what} must be lines of 'key: value'");
        foreach (var (keyNode, value) in mapping)
        {
            if (keyNode is not YamlScalarNode { Value: { Length: > 0 } key }) throw YamlFile.At(source, keyNode.Start, "a key must be a plain name");
            if (keys?.Contains(key) == false) throw YamlFile.At(source, keyNode.Start, Suggestion.Unknown($"key of {what}", key, keys).Message);
            if (!values.TryAdd(key, (keyNode.Start, value))) throw YamlFile.At(source, keyNode.Start, $"'{key}' is given twice");
        }
    }

    /// <summary>The keys that are there, in their order.</summary>
    public IEnumerable<string> Keys => values.Keys;

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>An error at a key, or at the section's beginning where it has none.</summary>
    public InputException Error(string key, string reason) => YamlFile.At(source, values.TryGetValue(key, out var v) ? v.At : start, reason);

    /// <summary>One text, or null where the key is not there.</summary>
    public string? Text(string key) =>
        !values.TryGetValue(key, out var v) ? null
        : v.Node is YamlScalarNode { Value: { Length: > 0 } text } ? text
        : throw YamlFile.At(source, v.Node.Start, $"'{key}' must be one text");

    /// <summary>One text that must be there.</summary>
    public string RequiredText(string key) => Text(key) ?? throw Error(key, $"{what} has no '{key}'");

    /// <summary>A list of texts, or null where the key is not there; one text is a list of one.</summary>
    public IReadOnlyList<string>? Texts(string key) => !values.TryGetValue(key, out var v) ? null : v.Node switch
    {
        YamlScalarNode { Value: { Length: > 0 } text } => [text],
        YamlSequenceNode items => [.. items.Select(i => i is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw YamlFile.At(source, i.Start, $"an item of '{key}' must be one text"))],
        _ => throw YamlFile.At(source, v.Node.Start, $"'{key}' must be a list"),
    };

    /// <summary>A list of settings; none where the key is not there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings(string key) => !values.TryGetValue(key, out var v)
        ? []
        : [.. new YamlSection(v.Node, source, $"'{key}'", keys: null).values.Select(s =>
            KeyValuePair.Create(s.Key.Replace('_', '-'), YamlFile.SettingText(s.Key, s.Value.Node, source)))];

    /// <summary>The section under a key, or null where it is not there.</summary>
    public YamlSection? Section(string key, string name, IReadOnlyList<string>? keys) =>
        values.TryGetValue(key, out var v) ? new(v.Node, source, name, keys) : null;

    /// <summary>The sections in the list under a key; none where it is not there.</summary>
    public IReadOnlyList<YamlSection> Sections(string key, string name, IReadOnlyList<string> keys) => !values.TryGetValue(key, out var v)
        ? []
        : v.Node is YamlSequenceNode items
            ? [.. items.Select(i => new YamlSection(i, source, name, keys))]
            : throw YamlFile.At(source, v.Node.Start, $"'{key}' must be a list, each item beginning with '- '");
}
