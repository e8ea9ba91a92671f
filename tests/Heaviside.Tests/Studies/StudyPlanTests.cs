using Heaviside.Studies;

namespace Heaviside.Tests.Studies;

public sealed class StudyPlanTests
{
    [Fact]
    public void Create_AScale_LayersTheSettings()
    {
        var plan = StudyPlan.Create(ScriptedStudy.Read(), "short");

        var run = plan.Runs.Single(r => r is { Row: "Small, one", Column: "Second (0.1)", LearningRate: "3e-3", Seed: 2 });
        run.Settings.ToDictionary().ShouldBe(new Dictionary<string, string>
        {
            ["batch-size"] = "5", // of the scale, over that of the row, over that of the study
            ["optimizer"] = "adam",
            ["probes"] = "train-bound",
            ["layers"] = "[200]",
            ["estimator"] = "gumbel-softmax",
            ["temperature"] = "0.1",
            ["steps"] = "100",
            ["learning-rate"] = "3e-3",
            ["seed"] = "2",
        }, ignoreOrder: true);
        run.Folder.ShouldBe(Path.Combine("small-one", "second-0.1", "rate-3e-3-seed-2"));
    }

    [Fact]
    public void Create_AScale_MultipliesSeedsAndLearningRatesAsTheRowsRefineThem()
    {
        var plan = StudyPlan.Create(ScriptedStudy.Read(), "short");

        plan.Cells.Select(c => c.Runs.Count).ShouldBe([4, 4, 2, 2]);
        plan.Runs.Take(4).Select(r => (r.Row, r.Column)).ShouldBe(plan.Cells.Select(c => (c.Row, c.Column)), "every cell has its first run before any has its second");
        plan.Runs.Where(r => r.Row == "Large").Select(r => r.LearningRate).Distinct().ShouldBe(["1e-4"]);
    }

    [Fact]
    public void Create_AScaleWithRows_HasOnlyThose()
    {
        var plan = StudyPlan.Create(ScriptedStudy.Read(), "smoke");

        plan.Rows.ShouldBe(["Small, one"]);
        plan.Runs.Select(r => r.LearningRate).ShouldAllBe(rate => rate == null);
        plan.Cells.ShouldAllBe(c => c.PaperSteps == 1000);
    }

    [Fact]
    public void Create_ARowWithItsOwnSteps_IsComparedWithThose() =>
        StudyPlan.Create(ScriptedStudy.Read(), "short").Cells.Select(c => c.PaperSteps).ShouldBe([1000, 1000, 2000, 2000]);

    [Fact]
    public void Create_ARowWithSomeColumns_HasNoRunsInTheOthers()
    {
        var yaml = ScriptedStudy.Yaml.Replace("  - name: Large", "  - name: Large\n    columns: [First]", StringComparison.Ordinal);
        StudyPlan.Create(ScriptedStudy.Read(yaml), "paper").Cells.Select(c => c.Runs.Count).ShouldBe([1, 1, 1, 0]);
    }

    [Theory]
    [InlineData("steps: 100", "epochs: 100", "scale 'short' needs the setting 'steps'")]
    [InlineData("seeds: [1, 2]", "seeds: []", "scale 'short' has no seeds in row 'Small, one'")]
    [InlineData("  short:\n", "  shrt:\n", "unknown scale")]
    public void Create_WithoutWhatItNeeds_SaysSo(string right, string wrong, string message)
    {
        var yaml = ScriptedStudy.Yaml.ReplaceLineEndings("\n").Replace("      short: {learning-rates: [1e-4]}\n", "", StringComparison.Ordinal);
        Should.Throw<InputException>(() => StudyPlan.Create(ScriptedStudy.Read(yaml.Replace(right, wrong, StringComparison.Ordinal)), "short")).Message.ShouldContain(message);
    }

    [Fact]
    public void RunsWith_AText_FindsThoseRunsOrSaysWhatNamesAreLike()
    {
        var plan = StudyPlan.Create(ScriptedStudy.Read(), "short");

        plan.RunsWith("large, first").Count.ShouldBe(2);
        Should.Throw<InputException>(() => plan.RunsWith("third")).Message.ShouldContain("'Small, one, First, learning rate 1e-3, seed 1'");
    }
}
