using System.Text.Json.Nodes;
using Heaviside.Data;
using Heaviside.Files;

namespace EndToEnd.Tests;

/// <summary>A study of two rows by two columns, as small as it can be.</summary>
public sealed class ReproduceTests : IDisposable
{
    private const string Yaml = """
        name: A tiny study
        paper: arXiv:1611.01144, no table
        settings: {encoder-layers: [8], decoder-layers: [8], test-samples: 2, validate-every: 1000000, log-every: 1, checkpoint-every: 1000000}
        columns:
          - name: Gumbel-Softmax
            settings: {estimator: gumbel-softmax}
          - name: straight-through
            settings: {estimator: straight-through}
        rows:
          - name: few latents
            settings: {latents: 2x3}
          - name: more latents
            settings: {latents: 4x3}
        scales:
          smoke:
            settings: {steps: 60}
            seeds: [1]
          paper:
            settings: {steps: 6000}
            seeds: [1, 2]
        measures:
          - name: validation bound
            unit: nats per image
            bound: evidence lower bound, 1 hard sample
            read: {kind: validation}
            paper:
              few latents: [-100.5 +- 0.1, -100]
        charts:
          - name: validation bound
            unit: nats per image
            bound: evidence lower bound, 1 hard sample
            read: {kind: validation}
        """;

    private const string Toy = """
        name: A toy
        paper: none
        problem: one-bit
        settings: {logit: 0, learning-rate: 0.1, target: 0.2}
        columns:
          - name: DisARM, twice
            settings: {estimator: disarm(samples=2)}
          - name: REINFORCE
            settings: {estimator: reinforce}
        rows:
          - name: t = 0.2
        scales:
          smoke:
            settings: {steps: 20}
            seeds: [3]
          paper:
            settings: {steps: 40}
            seeds: [1, 2]
        measures:
          - name: excess loss
            unit: E[f] - min f
            bound: no bound
            read: {kind: toy, key: excess}
        charts:
          - name: excess loss
            unit: E[f] - min f
            bound: no bound
            read: {kind: toy, key: excess}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Study => folder["tiny.yaml"];

    private string Results => folder["out", "tiny", "smoke"];

    private string First => Path.Combine(Results, "runs", "few-latents", "gumbel-softmax", "seed-1");

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Reproduce_KilledAndStoppedHalfway_ContinuesToTheSameResults()
    {
        TinyRun.RequireData();
        File.WriteAllText(Study, Yaml);

        using (var killed = Cli.Start(Reproduce()))
        {
            Cli.WaitUntil(killed, () => TinyRun.CountLines(First) >= 10);
            Cli.Signal(killed, Cli.SigKill);
            Cli.Finish(killed).ExitCode.ShouldBe(128 + Cli.SigKill);
        }

        // Its runs have lost their starter: they end by themselves, and what continues them waits for that.
        string[] finished;
        using (var stopped = Cli.Start(Reproduce()))
        {
            Cli.WaitUntil(stopped, () => File.Exists(Path.Combine(First, "result.json")));
            Cli.Signal(stopped, Cli.SigInt);
            var result = Cli.Finish(stopped);
            result.ExitCode.ShouldBe(130, result.Error);
            result.Error.ShouldContain($"stopped; continue with: heaviside reproduce {Study} --jobs 2 --out {folder["out"]}");
            finished = Finished();
        }

        finished.Length.ShouldBeInRange(1, 3);
        var page = File.ReadAllText(Path.Combine(Results, "results.md"));
        page.ShouldContain($"**Unfinished: {finished.Length} of 4 runs are finished.** **Shortened: 1 % of the paper's training steps.**");
        var times = finished.Select(File.GetLastWriteTimeUtc).ToArray();

        var output = Cli.Run(Reproduce()).ShouldSucceed().Output;
        output.ShouldContain($"4, {finished.Length} of them finished before");
        output.ShouldContain("All 4 runs are finished.");
        finished.Select(File.GetLastWriteTimeUtc).ShouldBe(times, "what was finished is not trained again");

        // Bit for bit the run that nothing interrupted.
        Cli.Run("train", First + ".yaml", "--out", folder["whole"]).ShouldSucceed();
        TinyRun.ShouldBeSame(First, folder["whole"]);
        var bound = (double)JsonNode.Parse(TinyRun.Metrics(folder["whole"]).Last(l => l.Contains("\"validation\"", StringComparison.Ordinal)))!["mean"]!;
        var cell = JsonNode.Parse(File.ReadAllText(Path.Combine(Results, "results.json")))!["measures"]![0]!["cells"]![0]!;
        ((double)cell["mean"]!).ShouldBe(bound);
        File.ReadAllText(Path.Combine(Results, "results.md")).ShouldMatch(@"\| few latents \| ours \| -\d+\.\d\d \| -\d+\.\d\d \|\n\|  \| paper \| -100\.5 ± 0\.1 \| -100 \|");
        File.ReadAllLines(Path.Combine(Results, "results.csv")).Length.ShouldBe(5);
        foreach (var chart in new[] { "validation-bound-few-latents.svg", "validation-bound-more-latents.svg" }) File.Exists(Path.Combine(Results, chart)).ShouldBeTrue(chart);
    }

    [SkippableFact]
    public void Reproduce_WithARunThatFails_FinishesTheOthersAndSaysWhich()
    {
        TinyRun.RequireData();
        File.WriteAllText(Study, Yaml.Replace("estimator: straight-through", "estimator: enumeration", StringComparison.Ordinal).Replace("steps: 60", "steps: 2", StringComparison.Ordinal).Replace("latents: 4x3", "latents: 30x10", StringComparison.Ordinal));

        var result = Cli.Run([.. Reproduce(), "--json"]);

        result.ExitCode.ShouldBe(1, result.Error);
        var runs = result.JsonLines.Where(l => (string)l["event"]! == "run").GroupBy(l => (string)l["folder"]!).Select(g => g.Last()).ToList();
        runs.Count(r => (string)r["state"]! == "finished").ShouldBe(3);
        ((string)runs.Single(r => (string)r["state"]! == "failed")["problem"]!).ShouldContain("1E+30 joint values");
        ((string)result.JsonLines[^1]["event"]!).ShouldBe("results");
        File.ReadAllText(Path.Combine(Results, "results.md")).ShouldContain("| failed |");
    }

    [SkippableFact]
    public void Reproduce_WithOtherSettingsThanItsRunsHad_SaysSo()
    {
        TinyRun.RequireData();
        File.WriteAllText(Study, Yaml.Replace("steps: 60", "steps: 2", StringComparison.Ordinal));
        string[] one = [.. Reproduce(), "--only", "few latents, gumbel"];
        Cli.Run(one).ShouldSucceed();
        File.Delete(Path.Combine(First, "result.json")); // as if it were not finished

        File.WriteAllText(Study, Yaml.Replace("steps: 60", "steps: 3", StringComparison.Ordinal));
        var result = Cli.Run(one);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain($"failed    few latents, Gumbel-Softmax, seed 1: {First} was begun with other settings");
    }

    // The studies themselves, as small as they come.
    [SkippableTheory]
    [Trait("Category", "Slow")]
    [InlineData("rebar/table-app1", "10 runs")]
    [InlineData("rebar/fig-app5", "5 runs")]
    public void Reproduce_StudyOfThePaper_RunsAtTheSmallestScale(string study, string runs)
    {
        Skip.If(DataCatalog.Set("mnist-static").Find(DataFolders.Standard()) is null, "mnist-static is not installed (heaviside data fetch mnist-static)");
        Cli.Run("reproduce", study, "--scale", "smoke", "--out", folder["out"]).ShouldSucceed().Output.ShouldContain($"All {runs} are finished. Shortened: 0.001 % of the paper's training steps.");
        var page = File.ReadAllText(Path.Combine(folder["out"], study, "smoke", "results.md"));
        page.ShouldContain("mnist-static");
        page.ShouldNotContain("waiting");
        page.ShouldNotContain("failed");
    }

    [Fact]
    public void Reproduce_OnAProblem_KeepsWhatIsFinishedAndRedoesTheRest()
    {
        File.WriteAllText(Study, Toy);
        Cli.Run(Reproduce()).ShouldSucceed().Output.ShouldContain("All 2 runs are finished.");

        var runs = new[] { "disarm-twice", "reinforce" }.Select(name => Path.Combine(Results, "runs", "t-0.2", name, "seed-3")).ToArray();
        var metrics = runs.Select(run => MetricsLog.Read(Path.Combine(run, "metrics.jsonl"))).ToArray();
        ((string)metrics[0][0]["conditions"]!).ShouldContain("one-bit (target 0.2, logit 0), no data, seed 3; Adam with learning rate 0.1");
        metrics[0].Select(l => (string?)l["estimator"]).Distinct().ShouldBe([null, "disarm(samples=2)"]);
        metrics[0].ShouldAllBe(l => (string)l["kind"]! != "sweep");
        var cells = JsonNode.Parse(File.ReadAllText(Path.Combine(Results, "results.json")))!["measures"]![0]!["cells"]!.AsArray();
        cells.Select(c => (double)c!["mean"]!).ShouldBe(metrics.Select(m => (double)m.Last(l => (string)l["kind"]! == "toy")["excess"]!));
        ((double)cells[0]!["mean"]!).ShouldBeLessThan(0.3, "E[f] began there");
        var page = File.ReadAllText(Path.Combine(Results, "results.md"));
        page.ShouldContain("**Shortened: 50 % of the paper's training steps.**");
        page.ShouldContain("| t = 0.2 | problem one-bit | 20 | 40 | 50 % | 3 | as in the settings |");
        File.ReadAllText(Path.Combine(Results, "excess-loss-t-0.2.svg")).ShouldContain(">REINFORCE<");

        // As if the second had been killed: nothing of it is left to go on from.
        var whole = File.ReadAllText(Path.Combine(runs[1], "metrics.jsonl"));
        File.WriteAllText(Path.Combine(runs[1], "metrics.jsonl"), whole[..(whole.Length / 2)]);
        var kept = File.GetLastWriteTimeUtc(Path.Combine(runs[0], "metrics.jsonl"));
        Cli.Run(Reproduce()).ShouldSucceed().Output.ShouldContain("2, 1 of them finished before");
        File.ReadAllText(Path.Combine(runs[1], "metrics.jsonl")).ShouldBe(whole);
        File.GetLastWriteTimeUtc(Path.Combine(runs[0], "metrics.jsonl")).ShouldBe(kept);
    }

    [Fact]
    public void Reproduce_OnAProblem_StopsWithItsRuns()
    {
        File.WriteAllText(Study, Toy.Replace("steps: 20}", "steps: 1e9}", StringComparison.Ordinal).Replace("steps: 40}", "steps: 1e9}", StringComparison.Ordinal));
        using var process = Cli.Start(Reproduce());
        var second = Path.Combine(Results, "runs", "t-0.2", "reinforce", "seed-3");
        Cli.WaitUntil(process, () => File.Exists(Path.Combine(second, "metrics.jsonl")));
        Cli.Signal(process, Cli.SigTerm);
        Cli.Finish(process).ExitCode.ShouldBe(130);
        File.ReadAllText(Path.Combine(second, "toy.json")).ShouldContain("then interrupted");
        File.ReadAllText(Path.Combine(Results, "results.md")).ShouldContain("**Unfinished: 0 of 2 runs are finished.**");
    }

    [Fact]
    public void Reproduce_OnAProblemThatIsNotThere_SaysSo()
    {
        File.WriteAllText(Study, Toy.Replace("one-bit", "one-bits", StringComparison.Ordinal));
        Cli.Run(Reproduce()).ShouldFail(2, "line 3, column 1: unknown problem 'one-bits'; did you mean 'one-bit'?");
    }

    [Fact]
    public void Reproduce_Alone_ListsTheStudies()
    {
        var studies = Cli.Run("reproduce", "--json").ShouldSucceed().Output;
        JsonNode.Parse(studies)!.AsArray().Select(s => (string)s!["study"]!).ShouldContain("rebar/table-app1");
        Cli.Run("reproduce").ShouldSucceed().Output.ShouldContain("arXiv:1703.07370, Table App.1");
    }

    [Theory]
    [InlineData("reproduce rebar/table-ap1", "did you mean 'rebar/table-app1'?")]
    [InlineData("reproduce rebar/table-app1 --scale long", "known: smoke, short, paper")]
    [InlineData("reproduce rebar/table-app1 --only nothing", "no run of rebar/table-app1 has 'nothing' in its name")]
    [InlineData("reproduce rebar/table-app1 --jobs 0", "--jobs")]
    [InlineData("train rebar/table-app1", "is a study, of several runs; run it with: heaviside reproduce")]
    public void Reproduce_OfSomethingElse_SaysSoInOneLine(string line, string part) => Cli.Run(line.Split(' ')).ShouldFail(2, part);

    private string[] Reproduce() => ["reproduce", Study, "--jobs", "2", "--out", folder["out"]];

    private string[] Finished() => Directory.GetFiles(Results, "result.json", SearchOption.AllDirectories);
}
