using Heaviside.Configuration;
using Heaviside.Models;
using Heaviside.Studies;

namespace Heaviside.Cli.Commands;

/// <summary>Finds what <c>heaviside train</c> is given, a recipe's file, a recipe's name or a model's name; and what <c>heaviside reproduce</c> is given, a study.</summary>
internal static class RecipeFinder
{
    private const string Extension = ".yaml";

    /// <summary>The settings that the word stands for; none when there is no word.</summary>
    /// <exception cref="InputException">It is none of the three; the message has the nearest.</exception>
    internal static Settings Find(string? word)
    {
        if (word is null) return new();
        if (ModelCatalog.All.Names.Contains(word)) return new([new("model", word)]);
        if (IsFile(word)) return new(Recipe.Read(word).Settings);
        var recipes = Recipes();
        if (recipes.TryGetValue(word, out var file)) return new(Recipe.Read(file).Settings);
        throw Suggestion.Unknown("model or recipe", word, [.. ModelCatalog.All.Names, .. recipes.Where(r => !Study.IsIn(r.Value)).Select(r => r.Key)]);
    }

    /// <summary>The study of a file or a name.</summary>
    /// <exception cref="InputException">It is none; the message has the nearest.</exception>
    internal static Study FindStudy(string word) =>
        IsFile(word) ? Study.Read(word, Recipes().FirstOrDefault(r => r.Value == Path.GetFullPath(word)).Key ?? Path.GetFileNameWithoutExtension(word))
        : Recipes().TryGetValue(word, out var file) ? Study.Read(file, word)
        : throw Suggestion.Unknown("study", word, Studies().Select(s => s.Key));

    /// <summary>The files of the studies by name.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Studies() => Recipes().Where(r => Study.IsIn(r.Value));

    /// <summary>The recipes by their paths within the folder of recipes, without the extension.</summary>
    internal static IReadOnlyDictionary<string, string> Recipes()
    {
        var folder = Ancestors(AppContext.BaseDirectory).Select(f => Path.Combine(f, "recipes")).FirstOrDefault(Directory.Exists);
        return folder is null
            ? new Dictionary<string, string>()
            : Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetRelativePath(folder, file)[..^Extension.Length].Replace('\\', '/'));
    }

    private static bool IsFile(string word) => word.EndsWith(Extension, StringComparison.Ordinal) || word.EndsWith(".yml", StringComparison.Ordinal);

    // The folder of recipes is beside a published program and at the root of a source tree, some levels up.
    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
