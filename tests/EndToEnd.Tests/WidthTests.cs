using Heaviside.Estimators;

namespace EndToEnd.Tests;

/// <summary>Lines as long as COLUMNS says, where the output is no terminal, and no word of them broken.</summary>
public sealed class WidthTests
{
    [Theory]
    [InlineData("estimators")]
    [InlineData("estimators gumbel-softmax")]
    [InlineData("models")]
    [InlineData("models boltzmann-vae")]
    [InlineData("demo")]
    [InlineData("demo toy-regression --settings")]
    [InlineData("reproduce")]
    [InlineData("train --help")]
    [InlineData("bench --help")]
    public void Columns_WhenPiped_DecideTheWidthAndBreakNoWord(string line)
    {
        var all = WordsOf(Cli.Shell($"unset COLUMNS; $HEAVISIDE {line}").ShouldSucceed().Output);
        foreach (var columns in new[] { 80, 120 })
        {
            var output = Cli.Shell($"COLUMNS={columns} $HEAVISIDE {line}").ShouldSucceed().Output;
            var examples = output.IndexOf("Examples:", StringComparison.Ordinal); // which are there to be copied
            (examples < 0 ? output : output[..examples]).Split('\n').Where(l => l.TrimEnd().Length > columns).ShouldBeEmpty();
            var words = WordsOf(output).ToHashSet();
            all.Where(w => !words.Contains(w)).ShouldBeEmpty($"{columns} columns");
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Estimators_AtAnyWidth_HaveTheirNamesWhole(int columns)
    {
        var output = Cli.Shell($"COLUMNS={columns} $HEAVISIDE estimators").ShouldSucceed().Output;
        var first = output.Split('\n').Select(l => l.Trim().Split(' ')[0]).ToHashSet();
        EstimatorCatalog.All.Names.Where(n => !first.Contains(n)).ShouldBeEmpty();
    }

    // Without the lines of tables, and the punctuation of lists that are tables at other widths.
    private static List<string> WordsOf(string text) =>
        [.. text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit)).Select(w => w.TrimEnd(';', ':'))];
}
