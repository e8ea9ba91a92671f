using Heaviside.Studies;

namespace Heaviside.Tests.Studies;

public sealed class RunRecordTests : IDisposable
{
    private const string Begin = """{"kind":"study","title":"problem one-bit","conditions":"..."}""";
    private const string First = """{"kind":"toy","step":0,"estimator":"arm","excess":0.05}""";
    private const string Last = """{"kind":"toy","step":100,"estimator":"arm","excess":0.01}""";
    private const string End = """{"kind":"end","note":"..."}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_ATraining_IsFinishedWithItsTestBounds()
    {
        RunRecord.Read(folder["run"]).ShouldBeNull();
        Write("run.json", """{"data":{"name":"mnist","source":"a file","binarization":"dynamic"}}""");
        Write("metrics.jsonl", """{"kind":"train","step":10}""", """{"kind":"validation","step":20,"mean":-90}""", """{"kind":"validation","st""");
        RunRecord.Read(folder["run"]).ShouldBeNull("the recipe makes it a run");

        Write("recipe.yaml", "steps: 20");
        var begun = RunRecord.Read(folder["run"])!;
        (begun.IsFinished, begun.Step, begun.Data, begun.Bounds.Count).ShouldBe((false, 20, "mnist (a file), binarization dynamic", 0));

        Write("result.json", """{"bounds":[{"kind":"elbo","mean":-90}]}""");
        var finished = RunRecord.Read(folder["run"])!;
        (finished.IsFinished, (double)finished.Bounds.ShouldHaveSingleItem()["mean"]!).ShouldBe((true, -90));
    }

    [Theory]
    [InlineData(false, 0, Begin, First)]
    [InlineData(false, 100, Begin, First, Last)] // before its tables and charts
    [InlineData(false, 0, Begin, First, End)] // interrupted
    [InlineData(true, 100, Begin, First, Last, End)]
    public void ReadLaboratory_IsFinishedOnlyAtTheEndOfAllSteps(bool isFinished, long step, params string[] metrics)
    {
        RunRecord.ReadLaboratory(folder["run"], 100).ShouldBeNull();
        Write("metrics.jsonl", metrics);

        var run = RunRecord.ReadLaboratory(folder["run"], 100)!;
        (run.IsFinished, run.Step, run.Data).ShouldBe((isFinished, step, "problem one-bit"));
        new StudyReading("toy", "excess", StudyReadingPlace.Last).Of(run)!.Value.Value.ShouldBe(step == 0 ? 0.05 : 0.01);
        RunRecord.ReadLaboratory(folder["run"], 101)!.IsFinished.ShouldBeFalse("the study wants more steps now");
    }

    [Theory]
    [InlineData("""{"bounds":5}""")]
    [InlineData("""{"bounds":[5]}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Read_ResultWithoutBounds_SaysSo(string json)
    {
        Write("recipe.yaml", "steps: 20");
        Write("result.json", json);
        Should.Throw<InputException>(() => RunRecord.Read(folder["run"])).Message.ShouldStartWith(Path.Combine(folder["run"], "result.json"));
    }

    [Fact]
    public void Read_MetricsOfOtherKinds_AreLeftOut()
    {
        Write("recipe.yaml", "steps: 20");
        Write("metrics.jsonl", """{"kind":5,"step":7}""", """{"kind":"validation","step":null,"mean":-1}""", """{"kind":"validation","step":3,"mean":"-2"}""", "");
        var run = RunRecord.Read(folder["run"])!;
        run.Step.ShouldBe(7);
        new StudyReading("validation", "mean", StudyReadingPlace.Last).Of(run)!.Value.Value.ShouldBe(-1);
        new StudyReading("validation", "mean", StudyReadingPlace.Last).Course(run).ShouldBeEmpty();
        Write("metrics.jsonl", """{"kind":"tr\ud800"}""", "");
        Should.Throw<InputException>(() => RunRecord.Read(folder["run"])).Message.ShouldContain("metrics.jsonl: line 1: is no valid JSON");
    }

    private void Write(string name, params string[] lines)
    {
        Directory.CreateDirectory(folder["run"]);
        File.WriteAllText(Path.Combine(folder["run"], name), string.Join('\n', lines));
    }
}
