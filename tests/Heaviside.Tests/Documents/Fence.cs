using System.Text.RegularExpressions;
using Heaviside.Tests.Design;

namespace Heaviside.Tests.Documents;

/// <summary>A block of code on a page.</summary>
/// <param name="Page">The page, from the repository's root.</param>
/// <param name="Line">The line that it begins on, from 1.</param>
/// <param name="Code">What is in it.</param>
internal sealed partial record Fence(string Page, int Line, string Code)
{
    /// <summary>The blocks of a language on all pages for people.</summary>
    public static IReadOnlyList<Fence> In(string language) =>
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Sources.Root(), "docs"), "*.md", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Sources.Root(), "*.md")).Order(StringComparer.Ordinal)
           let text = File.ReadAllText(file).ReplaceLineEndings("\n")
           from match in Block().Matches(text)
           where match.Groups[1].Value == language
           select new Fence(Path.GetRelativePath(Sources.Root(), file).Replace('\\', '/'), text[..match.Index].Count(c => c == '\n') + 1, match.Groups[2].Value),
    ];

    public override string ToString() => $"{Page}:{Line}";

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
