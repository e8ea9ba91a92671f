using Heaviside.Configuration;
using Heaviside.Models;

namespace Heaviside.Cli.Commands;

/// <summary>Finds what <c>heaviside train</c> is given: a recipe's file, a recipe's name or a model's name.</summary>
internal static class RecipeFinder
{
    private const string Extension = ".yaml";

    /// <summary>The settings that the word stands for; none when there is no word.</summary>
    /// <exception cref="InputException">It is none of the three; the message has the nearest.</exception>
    internal static Settings Find(string? word)
    {
        if (word is null) return new();
        if (ModelCatalog.Names.Contains(word)) return new([new("model", word)]);
        if (word.EndsWith(Extension, StringComparison.Ordinal) || word.EndsWith(".yml", StringComparison.Ordinal)) return new(Recipe.Read(word).Settings);
        var recipes = Recipes();
        if (recipes.TryGetValue(word, out var file)) return new(Recipe.Read(file).Settings);
        throw Suggestion.Unknown("model or recipe", word, [.. ModelCatalog.Names, .. recipes.Keys]);
    }

    /// <summary>The recipes by their paths within the folder of recipes, without the extension.</summary>
    internal static IReadOnlyDictionary<string, string> Recipes()
    {
        var folder = Ancestors(AppContext.BaseDirectory).Select(f => Path.Combine(f, "recipes")).FirstOrDefault(Directory.Exists);
        return folder is null
            ? new Dictionary<string, string>()
            : Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetRelativePath(folder, file)[..^Extension.Length]);
    }

    // The folder of recipes is beside a published program and at the root of a source tree, some levels up.
    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
