using System.Text;
using Heaviside.Files;
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
    public static Recipe Read(string path) => Parse(YamlFile.ReadText(path), path);

    /// <summary>Reads a recipe from text; errors name <paramref name="source"/> with the line and column.</summary>
    /// <exception cref="InputException">The text is no recipe; says where.</exception>
    public static Recipe Parse(string text, string source = "recipe")
    {
        var values = new OrderedDictionary<string, string>();
        var root = YamlFile.Root(text, source);
        if (YamlFile.HoldsStudy(root)) throw new InputException($"{source}: is a study, of several runs; run it with: {HostProgram.Name} reproduce {source}");
        foreach (var (keyNode, valueNode) in root)
        {
            if (keyNode is not YamlScalarNode { Value: { Length: > 0 } rawKey }) throw YamlFile.At(source, keyNode.Start, "a key must be a plain name");
            var key = rawKey.Replace('_', '-');
            if (!values.TryAdd(key, YamlFile.SettingText(key, valueNode, source))) throw YamlFile.At(source, keyNode.Start, $"'{key}' is given twice");
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
}
