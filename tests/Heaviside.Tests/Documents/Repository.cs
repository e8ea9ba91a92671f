using System.Text.RegularExpressions;
using Heaviside.Studies;
using Heaviside.Tests.Design;

namespace Heaviside.Tests.Documents;

/// <summary>The documents, recipes and results of the repository, by paths from its root.</summary>
internal static partial class Repository
{
    /// <summary>Every recipe's name, such as <c>rebar/toy</c>.</summary>
    public static IReadOnlyList<string> Recipes { get; } = [.. Named("recipes", "*.yaml").Select(f => f[..^".yaml".Length])];

    /// <summary>Every folder of results, such as <c>rebar/toy</c>.</summary>
    public static IReadOnlyList<string> Results { get; } =
        [.. Named("docs/results", "*").Where(f => f.Contains('/', StringComparison.Ordinal)).Select(f => f[..f.LastIndexOf('/')]).Distinct()];

    /// <summary>The results of studies with all of their numbers, such as <c>rebar/toy/results.json</c>; a second machine's beside the first's.</summary>
    public static IReadOnlyList<string> Records { get; } = [.. Named("docs/results", "results*.json")];

    /// <summary>Every document under docs.</summary>
    public static IReadOnlyList<string> Documents { get; } = [.. Named("docs", "*.md").Select(f => $"docs/{f}")];

    /// <summary>A file's path on this machine.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Sources.Root(), .. parts]);

    /// <summary>A file's text.</summary>
    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));

    /// <summary>The study that is asked for by a name.</summary>
    public static Study Study(string id) => Heaviside.Studies.Study.Read(Path("recipes", $"{id}.yaml"), id);

    /// <summary>Where the links of a document point, as paths from the repository's root; addresses of the web and places within a page are left out.</summary>
    public static IEnumerable<string> Links(string document, string text) =>
        from link in Link().Matches(text)
        let target = link.Groups[1].Value.Split('#')[0]
        where target != "" && !target.Contains("://", StringComparison.Ordinal)
        let path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path(document))!, target)
        select System.IO.Path.GetRelativePath(Sources.Root(), path).Replace('\\', '/');

    private static IEnumerable<string> Named(string folder, string pattern) =>
        Directory.EnumerateFiles(Path(folder), pattern, SearchOption.AllDirectories)
            .Select(f => System.IO.Path.GetRelativePath(Path(folder), f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
