using System.Globalization;
using System.Text.RegularExpressions;
using Heaviside.Studies;

namespace Heaviside.Tests.Documents;

public partial class RecordedResultsTests
{
    public static TheoryData<string> Records => [.. Repository.Records];

    // So a word that changes in a recipe or in the generator changes in the pages too, and a page says nothing that they do not.
    [Theory]
    [MemberData(nameof(Records))]
    public void Pages_OfAStudy_AreWhatItsRecipeAndTheGeneratorWriteOfItsNumbers(string record)
    {
        using var folder = new TemporaryFolder();
        var results = RecordedResults.Read(record, folder.Path);
        Repository.Read("docs", "results", record).ShouldBe(ResultsJson.Write(results));
        Repository.Read("docs", "results", Path.ChangeExtension(record, ".csv")).ShouldBe(ResultsCsv.Write(results));
        Repository.Read("docs", "results", Path.ChangeExtension(record, ".md")).ShouldBe(ResultsMarkdown.Write(results));
    }

    public static TheoryData<string> PagesByHand => [.. Repository.Results.Where(r => r != "direct/fig5" && File.Exists(Repository.Path("docs", "results", r, "README.md")))];

    // A number of a table by hand is one of the files beside it, to its last digit, or 100 times one in percent; one with a sign before it is a difference of two. What stands
    // behind +- need not be there: standard errors over images are in the runs' own files.
    [Theory]
    [MemberData(nameof(PagesByHand))]
    public void Tables_ByHand_HaveTheNumbersOfTheFilesBesideThem(string results)
    {
        var numbers = Directory.EnumerateFiles(Repository.Path("docs", "results", results), "*.json").SelectMany(f => Number().Matches(File.ReadAllText(f)))
            .Select(m => Parse(m.Value)).Distinct().ToList();
        var rows = Repository.Read("docs", "results", results, "README.md").Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| |", StringComparison.Ordinal));
        var wrong = from row in rows
                    from token in Token().Matches(string.Join('|', row.Split('|')[2..]))
                    let digits = token.Value.Length - token.Value.IndexOf('.', StringComparison.Ordinal) - 1
                    let near = 0.5001 * Math.Pow(10, -digits)
                    let value = Parse(token.Value)
                    where !(token.Value[0] == '+' || results == "stability/table1" ? Differences(numbers) : numbers).Any(n => Math.Abs(n - value) <= near || Math.Abs((100 * n) - value) <= near)
                    select $"{token.Value} in {row}";
        wrong.ShouldBeEmpty();
    }

    private static List<double> Differences(List<double> numbers) => [.. from a in numbers from b in numbers select a - b];

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<!± |\d)[-+]?\d+\.\d+")]
    private static partial Regex Token();
}
