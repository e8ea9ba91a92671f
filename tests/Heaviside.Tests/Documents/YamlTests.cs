using System.Text.RegularExpressions;
using Heaviside.Configuration;
using Heaviside.Studies;
using Heaviside.Tests.Design;
using Heaviside.Tests.Studies;

namespace Heaviside.Tests.Documents;

/// <summary>Whoever copies a recipe or a study from a page has one that runs.</summary>
public sealed class YamlTests
{
    // What a part of a study leaves to its reader.
    private static readonly (string Key, string Text)[] Rest =
    [
        ("name", "name: A part of a study\n"),
        ("paper", "paper: none\n"),
        ("columns", "columns: [{name: One}]\n"),
        ("rows", "rows: [{name: A row}]\n"),
        ("scales", "scales: {paper: {settings: {steps: 10}, seeds: [1]}}\n"),
        ("measures", "measures: [{name: a number, unit: nats, bound: a valid bound, read: {kind: validation}}]\n"),
    ];

    public static TheoryData<string> Blocks => [.. Fence.In("yaml").Select(f => f.ToString())];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Yaml_OnAPage_IsReadAndCanBeBuilt(string block)
    {
        var code = Fence.In("yaml").Single(f => f.ToString() == block).Code;
        if (IsOfAStudy(code)) BuildStudy(code);
        else BuiltRuns.Build(new Settings(Recipe.Parse(code, block).Settings)).Dispose();
    }

    [Fact]
    public void Pages_HaveYaml() => Fence.In("yaml").Count.ShouldBeGreaterThan(3);

    private static void BuildStudy(string code)
    {
        using var folder = new TemporaryFolder();
        foreach (var recipe in Directory.EnumerateFiles(Path.Combine(Sources.Root(), "recipes", "rebar"))) File.Copy(recipe, folder[Path.GetFileName(recipe)]);
        var isOfOthers = Has(code, "runs-of");
        File.WriteAllText(folder["page.yaml"], code + string.Concat(Rest.Where(r => !Has(code, r.Key) && !(isOfOthers && r.Key is "columns" or "rows" or "scales")).Select(r => r.Text)));
        BuiltRuns.Build(Study.Read(folder["page.yaml"], "page")).ShouldBeGreaterThan(0);
    }

    private static bool IsOfAStudy(string code) => new[] { "columns", "runs-of", "charts", "measures" }.Any(key => Has(code, key));

    private static bool Has(string code, string key) => Regex.IsMatch(code, $"^{key}:", RegexOptions.Multiline);
}
