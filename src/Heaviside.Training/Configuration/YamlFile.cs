using Heaviside.Numerics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Heaviside.Configuration;

/// <summary>Reads YAML as nodes; whatever is wrong is one line that says where.</summary>
internal static class YamlFile
{
    // A study has columns of its own or those of another study; no setting has these names.
    private static readonly string[] StudyKeys = ["columns", "runs-of"];

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Whether the file describes several runs.</summary>
    public static bool HoldsStudy(YamlMappingNode root) =>
        root.Children.Keys.Any(key => key is YamlScalarNode { Value: { } name } && StudyKeys.Contains(name));

    /// <summary>The mapping that a file is.</summary>
    /// <exception cref="InputException">The text is no single mapping in YAML; says where.</exception>
    public static YamlMappingNode Root(string text, string source)
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

    /// <summary>The text of a setting: one value, or a sequence as <c>[a, b]</c>.</summary>
    public static string SettingText(string key, YamlNode node, string source) => node switch
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

    /// <summary>An error that names the place, line and column from 1.</summary>
    public static InputException At(string source, Mark where, string reason, Exception? inner = null) =>
        new($"{source}: line {where.Line}, column {where.Column}: {reason}", inner);

    private static string FirstLine(string message) => message.ReplaceLineEndings("\n").Split('\n')[0];
}
