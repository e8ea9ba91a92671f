using System.Text.Json.Nodes;
using Heaviside.Files;

namespace EndToEnd.Tests;

public sealed class VarianceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Variance_OfAModel_WritesTablesAndChartsWithTheirConditions()
    {
        TinyRun.RequireData();
        var result = Cli.Run(
            "variance", "sbn", "--estimators", "reinforce,rebar(temperature=0.1, learn-temperature=false),gumbel-softmax", "--steps", "4", "--every", "2",
            "--draws", "3", "--sweep", "0.5,1", "--seed", "9", "--set", "layers=[2, 2]", "batch-size=5", "--out", folder["study"]).ShouldSucceed();
        result.Output.ShouldContain("bias / gradient");

        var rows = Rows("variance");
        rows.Select(r => ((long)r["step"]!, (string)r["estimator"]!)).ShouldBe(
            from step in new long[] { 2, 4 } from name in new[] { "reinforce", "rebar(temperature=0.1, learn-temperature=false)", "gumbel-softmax" } select (step, name));
        Rows("sweep").Select(r => ((string)r["estimator"]!, (double?)r["value"])).ShouldBe(
            [("reinforce", null), ("rebar(temperature=0.1, learn-temperature=false)", null), ("gumbel-softmax", 0.5), ("gumbel-softmax", 1)]);

        foreach (var file in new[] { "variance.csv", "variance.json", "sweep.csv", "sweep.json", "log-variance.svg", "log-variance-common-mean.svg", "sweep-bias.svg", "sweep-variance.svg" })
        {
            // The small print of a chart goes on from one line to the next.
            var text = System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(folder["study", file]), @"(\s|<[^>]*>)+", " ");
            foreach (var words in new[] { "fashion-mnist", "binarization", "seed 9", "simple-muprop", "4 steps" }) text.ShouldContain(words, customMessage: file);
        }

        File.ReadAllLines(folder["study", "variance.csv"]).Length.ShouldBe(2 + rows.Count);
        Json("variance.json")["rows"]!.AsArray().Count.ShouldBe(rows.Count);
    }

    [Fact]
    public void Variance_OfAProblem_TrainsEachEstimatorAndPrintsJson()
    {
        var lines = Cli.Run(
            "variance", "one-bit", "--estimators", "disarm,gumbel-softmax", "--steps", "200", "--every", "100", "--draws", "1000", "--sweep", "0.1,1",
            "--set", "target=0.2", "logit=0", "learning-rate=0.1", "--json", "--out", folder["study"]).ShouldSucceed().JsonLines;
        lines[0]["conditions"]!.ToString().ShouldContain("target 0.2");
        var disarm = lines.Where(l => (string)l["kind"]! == "toy" && (string)l["estimator"]! == "disarm").ToList();
        disarm.Select(r => (long)r["step"]!).ShouldBe([0, 100, 200]);
        ((double)disarm[0]["value"]!).ShouldBe(0.34, 1e-9); // (0.64 + 0.04) / 2
        ((double)disarm[^1]["excess"]!).ShouldBeLessThan(0.03);
        disarm.Select(r => r["log-variance"] is null).ShouldBe([true, false, false], "at logit 0 DisARM has no variance but rounding");
        lines.Count(l => (string)l["kind"]! == "sweep").ShouldBe(3);
        File.ReadAllText(folder["study", "objective.svg"]).ShouldContain("no data, seed 1");
    }

    [Theory]
    [InlineData("one-bits", "reinforce", "one-bit")]
    [InlineData("one-bit", "reinforced", "did you mean 'reinforce'")]
    [InlineData("one-bit", "rebar(temprature=1)", "temperature")]
    [InlineData("categorical", "arm", "not for categories")]
    public void Variance_OfWhatIsNotThere_SaysSo(string target, string estimators, string message) =>
        Cli.Run("variance", target, "--estimators", estimators, "--out", folder["study"]).ShouldFail(2, message);

    [SkippableFact]
    public void Variance_OfTooManyLatentsAgainstTemperature_IsRefusedBeforeTraining()
    {
        TinyRun.RequireData();
        Cli.Run("variance", "sbn", "--estimators", "reinforce", "--sweep", "1", "--out", folder["study"]).ShouldFail(2, "too many to enumerate");
        Directory.Exists(folder["study"]).ShouldBeFalse();
    }

    [Fact]
    public void Variance_Interrupted_WritesWhatItHas()
    {
        using var process = Cli.Start("variance", "one-bit", "--estimators", "reinforce", "--steps", "100000000", "--every", "10", "--out", folder["study"]);
        var metrics = folder["study", "metrics.jsonl"];
        Cli.WaitUntil(process, () => File.Exists(metrics) && MetricsLog.Read(metrics).Count > 3);
        Cli.Signal(process, Cli.SigInt);
        Cli.Finish(process).ExitCode.ShouldBe(130);
        Json("toy.json")["conditions"]!.ToString().ShouldContain("then interrupted");
        File.Exists(folder["study", "objective.svg"]).ShouldBeTrue();
    }

    private List<JsonObject> Rows(string kind) => [.. MetricsLog.Read(folder["study", "metrics.jsonl"]).Where(r => (string)r["kind"]! == kind)];

    private JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(folder["study", file]))!;
}
