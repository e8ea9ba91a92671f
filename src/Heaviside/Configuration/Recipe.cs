using System.Text;
using Heaviside.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Heaviside.Configuration;

/// <summary>A YAML file that says what to run: a flat mapping of settings, and optionally what it is.</summary>
/// <remarks>Every key is a setting but <c>name</c>, <c>description</c> and <c>paper</c>. A value is one text, number or
/// schedule, or a sequence of them, which becomes the setting's text <c>[a, b]</c>.</remarks>
/// <example><code>
/// name: Categorical VAE
/// estimator: gumbel-softmax
/// temperature: exponential(1, rate=3e-5, floor=0.5, every=500)
/// hidden: [200]
/// </code></example>
public sealed class Recipe
{
    /// <summary>A short title, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What it shows, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The paper it follows, by arXiv id or title, or null.</summary>
    public string? Paper { get; init; }

    /// <summary>The settings in the order of the file, keys in kebab case; none by default.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>Reads a recipe from a file.</summary>
    /// <exception cref="InputException">The file cannot be read or is no recipe; says where.</exception>
    public static Recipe Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads a recipe from text; errors name <paramref name="source"/> with the line and column.</summary>
    /// <exception cref="InputException">The text is no recipe; says where.</exception>
    public static Recipe Parse(string text, string source = "recipe")
    {
        var values = new OrderedDictionary<string, string>();
        foreach ((var keyNode, var valueNode) in Root(text, source))
        {
            if (keyNode is not YamlScalarNode { Value: { Length: > 0 } rawKey }) throw At(source, keyNode.Start, "a key must be a plain name");
            var key = rawKey.Replace('_', '-');
            if (!values.TryAdd(key, ValueOf(key, valueNode, source))) throw At(source, keyNode.Start, $"'{key}' is given twice");
        }
        return new Recipe
        {
            Name = Take("name"),
            Description = Take("description"),
            Paper = Take("paper"),
            Settings = [.. values],
        };

        string? Take(string key) => values.Remove(key, out var value) ? value : null;
    }

    /// <summary>Writes the recipe to a file, all or nothing, with each line of <paramref name="header"/> as a comment on top.</summary>
    public void Write(string path, params IEnumerable<string> header) => AtomicFile.WriteText(path, ToYaml(header));

    /// <summary>The recipe as YAML that <see cref="Parse"/> reads back, with each line of <paramref name="header"/> as a comment on top.</summary>
    public string ToYaml(params IEnumerable<string> header)
    {
        var yaml = new StringBuilder();
        foreach (var line in header.SelectMany(h => h.ReplaceLineEndings("\n").Split('\n')))
            yaml.Append(line.Length == 0 ? "#" : "# ").Append(line).Append('\n');
        (string, string?)[] about = [("name", Name), ("description", Description), ("paper", Paper)];
        foreach (var (key, value) in about)
            if (value is not null) yaml.Append($"{key}: {YamlText.Scalar(value)}\n");
        foreach (var (key, value) in Settings)
            yaml.Append($"{YamlText.Scalar(key)}: {YamlText.Value(value)}\n");
        return yaml.ToString();
    }

    private static YamlMappingNode Root(string text, string source)
    {
        RefuseTabs(text, source);
        var stream = new YamlStream();
        try
        {
            RefuseDeepNesting(text, source);
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw At(source, error.Start, FirstLine(error.InnerException?.Message ?? error.Message), error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException) // the parser's answer to some torn text
        {
            throw new InputException($"{source}: is no valid YAML; look for a bracket, a quotation mark or a key without its other half", error);
        }
        if (stream.Documents.Count > 1) throw At(source, stream.Documents[1].RootNode.Start, "a second document begins; a recipe is one");
        var root = stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        return root switch
        {
            null or YamlScalarNode { Value: null or "" } => throw new InputException($"{source}: is empty; expected lines of 'key: value'"),
            YamlMappingNode mapping => mapping,
            _ => throw At(source, root.Start, "expected lines of 'key: value'"),
        };
    }

    private static string ValueOf(string key, YamlNode node, string source) => node switch
    {
        YamlScalarNode { Value: "", Style: ScalarStyle.Plain } or YamlScalarNode { Value: null } =>
            throw At(source, node.Start, $"'{key}' has no value; write '' for an empty text"),
        YamlScalarNode scalar => scalar.Value!,
        YamlSequenceNode items => TextList.Format(items.Select(item => ItemOf(key, item, source))),
        _ => throw At(source, node.Start, $"'{key}' holds a mapping; a setting is one value or a list of values"),
    };

    private static string ItemOf(string key, YamlNode node, string source) =>
        node is YamlScalarNode { Value: { } text } && TextList.IsItem(text)
            ? text
            : throw At(source, node.Start, $"an item of '{key}' must be one value without commas and brackets");

    /// <summary>YAML forbids tabs in indentation, and its parser's own message for them is hard to understand.</summary>
    private static void RefuseTabs(string text, string source)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            var tab = lines[i].AsSpan(0, indent).IndexOf('\t');
            if (tab >= 0 && !string.IsNullOrWhiteSpace(lines[i]))
                throw At(source, new Mark(0, i + 1, tab + 1), "a tab in the indentation; use spaces");
        }
    }

    /// <summary>Loading recurses, so that a long run of brackets would end the process; the events come without recursion.</summary>
    private static void RefuseDeepNesting(string text, string source)
    {
        const int limit = 10;
        var depth = 0;
        for (var events = new Parser(new StringReader(text)); events.MoveNext();)
            if ((depth += events.Current!.NestingIncrease) > limit) throw At(source, events.Current.Start, "is nested too deeply");
    }

    private static InputException At(string source, Mark where, string reason, Exception? inner = null) =>
        new($"{source}: line {where.Line}, column {where.Column}: {reason}", inner);

    private static string FirstLine(string message) => message.ReplaceLineEndings("\n").Split('\n')[0];
}
