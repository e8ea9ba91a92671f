using System.Text.Json.Nodes;
using Heaviside.Studies;

namespace Heaviside.Tests.Studies;

public sealed class StudyResultsTests
{
    private readonly StudyPlan plan = StudyPlan.Create(ScriptedStudy.Read(), "short");

    [Fact]
    public void Cells_OfSeveralLearningRates_HaveTheOneWithTheBestMeanOfWhatSelects()
    {
        // 1e-3 ends with the better training bound, 3e-3 has the better validation bound, in one line before the last.
        var results = Results(run => run.LearningRate == "3e-3"
            ? ScriptedStudy.Record([-90, -80 - run.Seed], [-50, -60], test: -70)
            : ScriptedStudy.Record([-90, -10], [-58, -59], test: -10));

        var cell = results.Measures[0].Cells[0];
        cell.LearningRate.ShouldBe("3e-3");
        cell.Values.ShouldBe([-81, -82]);
        cell.Mean.ShouldBe(-81.5);
        cell.StandardError!.Value.ShouldBe(Math.Sqrt(0.5 / 2), 1e-12); // variance 0.5, two seeds
        (cell.State, cell.Steps, cell.Ratio).ShouldBe(("finished", 100, 0.1));
        results.Measures[1].Cells[0].Values.ShouldBe([-70, -70]);
        results.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void Cells_WithALearningRateThatFailed_AreOfAnother()
    {
        var results = Results(
            run => run.LearningRate == "3e-3" && run.Seed == 2 ? ScriptedStudy.Record([-10], [-1]) : ScriptedStudy.Record([-90], [run.LearningRate == "3e-3" ? -10 : -50], test: -70),
            failed: run => run.LearningRate == "3e-3" && run.Seed == 2);

        var cell = results.Measures[0].Cells[0];
        (cell.LearningRate, cell.State).ShouldBe(("1e-3", "1 of 4 runs failed"));
        results.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Cells_OfUnfinishedRuns_SaySo()
    {
        var results = Results(run => (run.Row, run.Column, run.Seed) switch
        {
            ("Large", "First", 1) => ScriptedStudy.Record([-90, -80], [-1, -1], test: -70),
            ("Large", "First", 2) => ScriptedStudy.Record([-95], [-1]),
            ("Large", _, 1) => ScriptedStudy.Record([], []),
            _ => null,
        });

        var (small, first, second) = (results.Measures[0].Cells[0], results.Measures[0].Cells[2], results.Measures[0].Cells[3]);
        (small.State, small.Mean, small.Steps).ShouldBe(("waiting", null, 0));
        (first.State, first.Mean, first.Steps, first.Finished).ShouldBe(("unfinished (1 of 2 runs)", -87.5, 50, 1));
        (second.State, second.Mean).ShouldBe(("waiting", null));
        results.Measures[1].Cells[2].Values.ShouldBe([-70], "the other seed has no test bound yet");
    }

    [Fact]
    public void Value_ThatIsNoNumber_IsNotThere()
    {
        var record = ScriptedStudy.Record([-90, -80], [-1, -1]);
        record.Metrics[2]["mean"] = null; // how metrics have what is not finite
        new StudyReading("train-bound", "mean", StudyReadingPlace.Last).Of(record)!.Value.Value.ShouldBe(-90);
        new StudyReading("train-bound", "other", StudyReadingPlace.Last).Of(record).ShouldBeNull();
        new StudyReading("train-bound", "mean", StudyReadingPlace.Last).Course(record).Select(p => (p.At, p.Value)).ShouldBe([(50, -90)]);
    }

    [Fact]
    public void Course_AgainstAnotherNumber_HasItInPlaceOfTheStep()
    {
        var record = ScriptedStudy.Record([-90, -80], [-1, -1]);
        foreach (var (i, line) in record.Metrics.Where(l => (string?)l["kind"] == "train-bound").Index()) line["seconds"] = 0.5 + i;
        var reading = new StudyReading("train-bound", "mean", StudyReadingPlace.Last);
        reading.Course(record, "seconds").Select(p => (p.At, p.Value)).ShouldBe([(0.5, -90), (1.5, -80)]);
        reading.Course(record, "epoch").ShouldBeEmpty();
        ScriptedStudy.Read().Charts[0].Against.ShouldBe("step");
        ScriptedStudy.Read(ScriptedStudy.Yaml + "\n    against: seconds").Charts[0].Against.ShouldBe("seconds");
        Should.Throw<InputException>(() => ScriptedStudy.Read(ScriptedStudy.Yaml + "\n    against: second")).Message.ShouldContain("did you mean 'seconds'?");
    }

    [Fact]
    public void Write_PartialResults_HasOursBesideThePapersAndMarksWhatIsNotFinal()
    {
        using var folder = new TemporaryFolder();
        ResultsFolder.Write(Results(run => run is { Row: "Small, one", Column: "First", Seed: 1 } ? ScriptedStudy.Record([-90, -80.25], [-1, -1], test: -70) : null), folder["results"]);

        var page = File.ReadAllText(Path.Combine(folder["results"], "results.md"));
        page.ShouldContain("| Small, one | ours | -80.25 (unfinished (2 of 4 runs), 100 steps) | waiting |\n|  | paper | -112.5 ± 0.1 |  |\n|  | learning rate | 1e-3 |  |\n| Large | ours | waiting | waiting |\n");
        page.ShouldContain("**Unfinished: 2 of 12 runs are finished.** **Shortened: 5 % to 10 % of the paper's training steps.**");
        page.ShouldContain("| Small, one | mnist (a file), binarization dynamic | 100 | 1,000 | 10 % | 1, 2 | 1e-3, 3e-3 |");
        page.ShouldContain("Another bound; samples per image: 100.");

        var csv = File.ReadAllLines(Path.Combine(folder["results"], "results.csv"));
        csv.Length.ShouldBe(1 + (2 * 4));
        csv[1].ShouldBe("papers/study,short,\"Small, one\",First,training bound,nats,a valid bound,-80.25,,1,1e-3,1,100,1000,0.1,-112.5,0.1,\"mnist (a file), binarization dynamic\",unfinished (2 of 4 runs)");
        csv[4].ShouldBe("papers/study,short,Large,Second (0.1),training bound,nats,a valid bound,,,0,,,0,2000,0,,,,waiting");

        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["results"], "results.json")))!;
        ((bool)json["complete"]!).ShouldBeFalse();
        ((double)json["measures"]![0]!["cells"]![0]!["mean"]!).ShouldBe(-80.25);
        json["measures"]![0]!["cells"]![1]!["mean"].ShouldBeNull();
        Directory.GetFiles(folder["results"], "*.svg").Select(Path.GetFileName).Order().ShouldBe(["training-bound-large.svg", "training-bound-small-one.svg"]);
    }

    // "All runs are finished" is true of the scale, and says nothing of what the scale has not.
    [Fact]
    public void Write_AScaleWithoutSomeRows_NamesThem()
    {
        var results = new StudyResults(StudyPlan.Create(ScriptedStudy.Read(), "smoke"), _ => ScriptedStudy.Record([-90], [-1], test: -70), _ => false);
        ResultsMarkdown.Write(results).ShouldContain("All 2 runs are finished. **Shortened: 0.2 % of the paper's training steps.** **Left out at this scale: 1 of 2 rows: Large.**\n");
        ResultsFolder.Extent(results).ShouldEndWith(" Left out at this scale: 1 of 2 rows: Large.");
        ResultsMarkdown.Write(Results(_ => null)).ShouldNotContain("Left out");
    }

    [Fact]
    public void Write_StepsThatThePaperDoesNotName_AreNotCalledIts()
    {
        var study = ScriptedStudy.Read("origin-of-steps: ours; the paper names none\n" + ScriptedStudy.Yaml);
        var page = ResultsMarkdown.Write(new(StudyPlan.Create(study, "short"), _ => null, _ => false));
        page.ShouldContain("**Shortened: 5 % to 10 % of the steps of scale `paper`.** The steps of scale `paper`: ours; the paper names none.\n");
        page.ShouldContain("| steps | the steps of scale `paper` | ratio |");
        page.ShouldNotContain("paper's training steps");
        page.ShouldNotContain("paper's steps");
    }

    [Fact]
    public void Write_FinishedSeeds_HighlightsTheMedianAndSaysItIsComplete()
    {
        using var folder = new TemporaryFolder();
        ResultsFolder.Write(Results(run => ScriptedStudy.Record([-90, -80 - run.Seed], [-1, -1], test: -70)), folder["results"]);

        File.ReadAllText(Path.Combine(folder["results"], "results.md")).ShouldContain("All 12 runs are finished.");
        var svg = File.ReadAllText(Path.Combine(folder["results"], "training-bound-large.svg"));
        System.Text.RegularExpressions.Regex.Count(svg, "stroke-width=\"1\"[^>]* stroke-opacity").ShouldBe(2, "one of two seeds is faint, in two columns");
        svg.Split(">First<").Length.ShouldBe(2, "the legend has a column once");
    }

    private StudyResults Results(Func<StudyRun, RunRecord?> record, Func<StudyRun, bool>? failed = null) => new(plan, record, failed ?? (_ => false));
}
