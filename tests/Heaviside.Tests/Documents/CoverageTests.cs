using System.Text.Json.Nodes;
using Heaviside.Studies;

namespace Heaviside.Tests.Documents;

/// <summary>docs/coverage.md: every table and figure of the papers, with what the files of the results say of it.</summary>
public class CoverageTests
{
    private const string Page = "docs/coverage.md";

    // The papers' own lists, appendices included.
    private static readonly Dictionary<string, string[]> Contents = new()
    {
        ["Stability regularization"] =
        [
            "Table 1", "Table 2", "Table 3", "Table 4", "Table 5", "Table 6", "Table 7", "Table 8",
            "Figure 1", "Figure 2", "Figure 3", "Figure 4", "Figure 5", "Figure 6", "Figure 7",
        ],
        ["Direct optimization"] = ["Table 1", "Table 2", "Figure 1", "Figure 2", "Figure 3", "Figure 4", "Figure 5", "Supplement"],
        ["GumBolt"] = ["Table 1", "Table 2", "Figure 1", "Figure 2 (a)", "Figure 2 (b)"],
        ["REBAR"] =
        [
            "Figure 1", "Figures 2 to 5", "Table App.1", "Table App.2",
            "Figure App.1", "Figure App.2", "Figure App.3", "Figure App.4", "Figure App.5", "Figure App.6",
        ],
    };

    private static readonly List<(string Paper, string[] Cells)> Lines = [.. Read()];

    public static TheoryData<string> Studies => [.. Repository.Recipes.Where(r => Study.IsIn(Repository.Path("recipes", $"{r}.yaml")))];

    [Fact]
    public void Lists_OfThePapers_AreComplete()
    {
        foreach (var (paper, contents) in Contents) Lines.Where(l => l.Paper == paper).Select(l => l.Cells[0]).ShouldBe(contents, paper);
        Lines.Select(l => l.Paper).Distinct().ShouldBe(Contents.Keys);
    }

    [Fact]
    public void Lines_All_SayTheirRecipeOrNone() =>
        Lines.Where(l => l.Cells is not [_, not "", "none", { } run, "", ""] || !(run.StartsWith("not run", StringComparison.Ordinal) || run.StartsWith("a diagram", StringComparison.Ordinal)))
            .Where(l => l.Cells is not [_, not "", ['[', .. { } link], not "", _, not ""] || Repository.Recipes.All(r => !link.StartsWith($"{r}](", StringComparison.Ordinal)))
            .Select(l => string.Join(" | ", l.Cells)).ShouldBeEmpty();

    [Fact]
    public void Recipes_All_Appear()
    {
        var links = Repository.Links(Page, Repository.Read(Page)).ToHashSet();
        Repository.Recipes.Where(r => !links.Contains($"recipes/{r}.yaml")).ShouldBeEmpty();
    }

    [Fact]
    public void Results_All_Appear()
    {
        var links = Repository.Links(Page, Repository.Read(Page)).ToList();
        Repository.Results.Where(r => !links.Any(l => l.StartsWith($"docs/results/{r}/", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    // What has results says their scale, their share of the steps, cells, seeds and distances; what has none says so.
    [Theory]
    [MemberData(nameof(Studies))]
    public void Line_OfAStudy_SaysWhatItsResultsSay(string id)
    {
        var cells = Lines.First(l => l.Cells[2].StartsWith($"[{id}](", StringComparison.Ordinal) && l.Cells[0].StartsWith("Figures", StringComparison.Ordinal) == false).Cells;
        var records = Repository.Records.Where(r => r.StartsWith($"{id}/", StringComparison.Ordinal)).Select(r => JsonNode.Parse(Repository.Read("docs", "results", r))!).ToList();
        if (records.Count == 0)
        {
            (cells[3] + "|").ShouldMatch("^(not run|runs of)");
            return;
        }

        var study = Repository.Study(id);
        var measured = records.SelectMany(r => r["measures"]!.AsArray()).SelectMany(m => m!["cells"]!.AsArray()).Where(c => c!["mean"] is not null).ToList();
        var done = measured.Select(c => ((string)c!["row"]!, (string)c["column"]!)).Distinct().Count();
        var all = StudyPlan.Create(study, StudyGrid.PaperScale).Cells.Count(c => c.Runs.Count > 0);
        var ratios = measured.Select(c => (double)c!["steps"]! / (double)c["paper-steps"]!).Distinct().Order().Select(r => ResultsMarkdown.Percent(r)).ToList();
        cells[3].ShouldStartWith($"[{records[0]["scale"]}](");
        cells[3].ShouldContain($"{Range(ratios)} of the steps, {done} of {all} {(all == 1 ? "cell" : "cells")}");
        cells[4].ShouldBe(Range([.. measured.Select(c => $"{c!["values"]!.AsArray().Count}").Distinct().Order()]));
        var distances = measured.Where(c => c!["paper"] is not null).Select(c => (double)c!["mean"]! - (double)c["paper"]!).Order().Select(ResultsFolder.Text).ToList();
        if (distances.Count == 0) cells[5].ShouldMatch("no numbers|numbers were not at hand|diagram");
        else cells[5].ShouldStartWith(Range(distances));
    }

    private static string Range(IReadOnlyList<string> ordered) => ordered[0] == ordered[^1] ? ordered[0] : $"{ordered[0]} to {ordered[^1]}";

    private static IEnumerable<(string Paper, string[] Cells)> Read()
    {
        var paper = "";
        foreach (var line in Repository.Read(Page).Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) paper = line[3..];
            if (line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| table or figure |", StringComparison.Ordinal))
                yield return (paper, [.. line[1..^1].Split('|').Select(c => c.Trim())]);
        }
    }
}
