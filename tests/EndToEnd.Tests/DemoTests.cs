using System.Text.Json.Nodes;
using Heaviside.Files;
using Heaviside.Laboratory.Demonstrations;

namespace EndToEnd.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Demo_Alone_ListsTheDemonstrations()
    {
        foreach (var entry in DemonstrationCatalog.All) Cli.Run("demo").ShouldSucceed().Output.ShouldContain(entry.Name);
        JsonNode.Parse(Cli.Run("demo", "--json").ShouldSucceed().Output)!.AsArray().Select(e => (string)e!["name"]!).ShouldBe(DemonstrationCatalog.All.Names);
    }

    [Fact]
    public void Demo_WithSettings_ShowsThemAndRunsNothing()
    {
        var output = Cli.RunIn(folder[""], "demo", "toy-regression", "--settings").ShouldSucceed().Output;
        output.ShouldMatch(@"target +0\.8 ");
        output.ShouldContain("heaviside demo toy-regression --set setting=value");
        Directory.EnumerateFileSystemEntries(folder[""]).ShouldBeEmpty();
    }

    [Fact]
    public void Demo_OfTheToyRegression_WritesNumbersAndAHistogram()
    {
        string[] run = ["demo", "toy-regression", "--steps", "20", "--seed", "7", "--set", "batch-size=50", "target=0.6"];
        Cli.Run([.. run, "--out", folder["first"]]).ShouldSucceed().Output.ShouldMatch(@"step +mean +below-0\.1");

        var metrics = MetricsLog.Read(folder["first", "metrics.jsonl"]);
        ((string)metrics[0]["conditions"]!).ShouldContain("target 0.6; network 1-20-1, seed 7, batches of 50; outputs at 100,000 fresh inputs");
        metrics.Where(l => (string)l["kind"]! == "toy-regression").Select(l => (long)l["step"]!).ShouldBe(Enumerable.Range(0, 21).Select(i => (long)i));
        ((string)metrics[^1]["kind"]!).ShouldBe("end");
        File.ReadAllText(folder["first", "histogram.svg"]).ShouldContain(">after 20 steps<");
        foreach (var file in new[] { "toy-regression.csv", "toy-regression.json", "bin.csv", "bin.json" }) File.ReadAllText(folder["first", file]).ShouldContain("seed 7");

        Cli.Run([.. run, "--out", folder["second"]]).ShouldSucceed();
        File.ReadAllText(folder["second", "metrics.jsonl"]).ShouldBe(File.ReadAllText(folder["first", "metrics.jsonl"]), "a rerun gives the same bits");
    }

    [Fact]
    public void Demo_OfTheHalfSpace_WritesSnapshotsAndPrintsJson()
    {
        var lines = Cli.Run("demo", "half-space", "--steps", "100", "--set", "batch-size=50", "--json", "--out", folder["run"]).ShouldSucceed().JsonLines;
        ((string)lines[0]["kind"]!).ShouldBe("study");
        lines.Skip(1).ShouldAllBe(l => (string)l["kind"]! == "half-space" && (double)l["stability"]! <= (double)l["bound"]!);
        lines.Count.ShouldBe(102);

        var picture = File.ReadAllBytes(folder["run", "snapshots.png"]);
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)).ShouldBe(800); // the header's width
        foreach (var line in new[] { "volume", "stability", "stability of a half-plane of the volume" }) File.ReadAllText(folder["run", "stability.svg"]).ShouldContain($">{line}<");
    }

    [Fact]
    public void Demo_Interrupted_WritesWhatItHas()
    {
        using var process = Cli.Start("demo", "toy-regression", "--steps", "100000", "--set", "batch-size=10", "--out", folder["run"]);
        var metrics = folder["run", "metrics.jsonl"];
        Cli.WaitUntil(process, () => File.Exists(metrics) && MetricsLog.Read(metrics).Count > 1);
        Cli.Signal(process, Cli.SigInt);
        Cli.Finish(process).ExitCode.ShouldBe(130);
        File.ReadAllText(folder["run", "toy-regression.json"]).ShouldContain("then interrupted");
        File.Exists(folder["run", "histogram.svg"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("demo toy-regresion", "did you mean 'toy-regression'?")]
    [InlineData("demo toy-regression --set targt=0.7", "did you mean 'target'?")]
    [InlineData("demo toy-regression --set target", "expected KEY=VALUE")]
    [InlineData("demo half-space --set rho2=0.95", "expected less than rho")]
    [InlineData("demo half-space --steps none", "'steps' is 'none'")]
    public void Demo_OfSomethingElse_SaysSoInOneLine(string line, string part) => Cli.Run(line.Split(' ')).ShouldFail(2, part);

    // The studies of the paper, as small as they come.
    [Theory]
    [InlineData("stability/fig3", "6", "output-target-0.8.svg")]
    [InlineData("stability/fig2", "4", "snapshots-f-on-the-plane-volume-held.png")]
    public void Reproduce_StudyOfDemonstrations_RunsAtTheSmallestScale(string study, string runs, string picture)
    {
        Cli.Run("reproduce", study, "--scale", "smoke", "--out", folder["out"]).ShouldSucceed().Output.ShouldContain($"All {runs} runs are finished.");
        var results = Path.Combine(folder["out"], study, "smoke");
        File.Exists(Path.Combine(results, picture)).ShouldBeTrue();
        var page = File.ReadAllText(Path.Combine(results, "results.md"));
        page.ShouldContain($"]({picture})");
        page.ShouldNotContain("waiting");
        page.ShouldNotContain("failed");

        Cli.Run("reproduce", study, "--scale", "smoke", "--out", folder["out"]).ShouldSucceed().Output.ShouldContain($"{runs}, {runs} of them finished before");
    }
}
