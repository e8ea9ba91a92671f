using System.Text.Json.Nodes;
using Heaviside.Studies;

namespace Heaviside.Tests.Studies;

/// <summary>What studies of demonstrations have that others have not: histograms and pictures of runs.</summary>
public sealed class DemonstrationStudyTests
{
    private const string Yaml = """
        name: A study
        paper: none
        demonstration: toy-regression
        columns:
          - name: One
          - name: Two
            settings: {stability: 0}
        rows:
          - name: A row
        scales:
          paper:
            settings: {steps: 5}
            seeds: [1, 2]
        measures:
          - {name: mean, unit: expectation, bound: no bound, read: {kind: toy-regression, key: mean}}
        charts:
          - {name: output, unit: share, bound: no bound, histogram: bin}
        pictures:
          - {name: snapshots, file: snapshots.png}
        """;

    [Fact]
    public void Read_OfADemonstration_HasItsHistogramsAndPictures()
    {
        var study = ScriptedStudy.Read(Yaml);
        (study.Grid.Demonstration, study.Grid.Problem).ShouldBe(("toy-regression", null));
        study.Charts.ShouldHaveSingleItem().Histogram.ShouldBe("bin");
        study.Pictures.ShouldBe([new StudyPicture("snapshots", "snapshots.png")]);
        ScriptedStudy.Read().Grid.Demonstration.ShouldBeNull();
    }

    [Theory]
    [InlineData("demonstration: toy-regression", "demonstration: toy-regression\nproblem: one-bit", "line 3, column 1: the runs are on a 'problem' or of a 'demonstration', not both")]
    [InlineData("histogram: bin", "histogram: bin, read: {kind: bin}", "a histogram has neither 'read' nor 'lines'")]
    [InlineData("file: snapshots.png", "file: ../snapshots.png", "'../snapshots.png' is no name of a file")]
    [InlineData("demonstration: toy-regression", "demonstration: toy-regresion", "line 3, column 1: unknown demonstration 'toy-regresion'; did you mean 'toy-regression'?")]
    [InlineData("demonstration: toy-regression", "problem: one-bits", "line 3, column 1: unknown problem 'one-bits'; did you mean 'one-bit'?")]
    [InlineData("key: mean", "key: men", "unknown number of 'toy-regression' 'men'; did you mean 'mean'?")]
    [InlineData("{kind: toy-regression, key: mean}", "{bound: elbo}", "the runs have no test bounds: read a kind, one of toy-regression, bin")]
    [InlineData("histogram: bin", "read: {kind: toy-regression, key: mean}, against: seconds", "'toy-regression' cannot be drawn against 'seconds', which it does not have")]
    [InlineData("histogram: bin", "histogram: toy-regression", "unknown kind of bars 'toy-regression' (known: bin)")]
    [InlineData("file: snapshots.png", "files: snapshots.png", "unknown key of a picture 'files'; did you mean 'file'?")]
    public void Read_AMistake_SaysWhereAndWhat(string right, string wrong, string message) =>
        Should.Throw<InputException>(() => ScriptedStudy.Read(Yaml.Replace(right, wrong, StringComparison.Ordinal))).Message.ShouldContain(message);

    [Fact]
    public void Write_OfHistograms_HasTheMeanOfTheSeedsAtTheLastStep()
    {
        using var folder = new TemporaryFolder();
        // Of the first column alone, and there the seeds differ: 0.2 and 0.4 of the outputs are in the left half.
        Write(folder, run => run.Column == "One" ? Record(run.Seed == 1 ? 0.2 : 0.4, folder: null) : null);

        var svg = System.Xml.Linq.XDocument.Parse(File.ReadAllText(Path.Combine(folder["results"], "output-a-row.svg")));
        var heights = svg.Descendants().Where(e => e.Name.LocalName == "rect" && (string?)e.Attribute("fill") is not (null or "none" or "white")).Select(e => double.Parse(e.Attribute("height")!.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        heights.Count.ShouldBe(2, "two bins in one column, whatever there was at an earlier step");
        (heights[0] / heights[1]).ShouldBe(0.3 / 0.7, 1e-3);
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        texts.ShouldContain("One");
        texts.ShouldNotContain("Two");
        string.Join(' ', texts).ShouldContain("2 seeds, together");
    }

    [Fact]
    public void Write_OfPictures_HasThatOfTheFirstSeedOnceItIsThere()
    {
        using var folder = new TemporaryFolder();
        foreach (var seed in new[] { "1", "2" })
        {
            Directory.CreateDirectory(folder[seed]);
            File.WriteAllText(Path.Combine(folder[seed], "snapshots.png"), $"picture {seed}");
        }

        Directory.CreateDirectory(folder["none yet"]);
        Write(folder, run => Record(0.5, run.Column == "One" ? folder[$"{run.Seed}"] : folder["none yet"]));

        File.ReadAllText(Path.Combine(folder["results"], "snapshots-a-row-one.png")).ShouldBe("picture 1");
        File.Exists(Path.Combine(folder["results"], "snapshots-a-row-two.png")).ShouldBeFalse();
        var page = File.ReadAllText(Path.Combine(folder["results"], "results.md"));
        page.ShouldContain("Snapshots: A row, One:\n\n![snapshots: A row, One](snapshots-a-row-one.png)");
        page.ShouldNotContain("snapshots-a-row-two.png");
    }

    private static void Write(TemporaryFolder folder, Func<StudyRun, RunRecord?> record) =>
        ResultsFolder.Write(new(StudyPlan.Create(ScriptedStudy.Read(Yaml), "paper"), record, _ => false), folder["results"]);

    private static RunRecord Record(double left, string? folder) => new()
    {
        Metrics = [Line(new() { ["kind"] = "toy-regression", ["step"] = 5, ["mean"] = 0.8 }), Bin(0, 0, 0.5, 0.9), Bin(0, 0.5, 1, 0.1), Bin(5, 0, 0.5, left), Bin(5, 0.5, 1, 1 - left)],
        Data = "toy regression",
        Folder = folder,
        IsFinished = true,
    };

    private static JsonObject Bin(int step, double low, double high, double share) =>
        Line(new() { ["kind"] = "bin", ["step"] = step, ["low"] = low, ["high"] = high, ["share"] = share });

    // As it comes from a file: numbers without a type.
    private static JsonObject Line(JsonObject json) => JsonNode.Parse(json.ToJsonString())!.AsObject();
}
