using Heaviside.Files;

namespace EndToEnd.Tests;

/// <summary>A model with a Boltzmann machine as prior, from training to the figures and pictures that only such a model has.</summary>
public sealed class BoltzmannTests : IDisposable
{
    private const int Steps = 150;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The chains go on where they were, and so does what is estimated from them, on any number of threads.
    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Resume_AfterKills_ContinuesTheChainsBitForBit()
    {
        Cli.Run(Train("whole", "[30]")).ShouldSucceed();
        foreach (var lines in new[] { 20, 70, 120 })
        {
            using var process = Cli.Start(lines == 20 ? Train("killed", "[30]") : ["train", "--resume", folder["killed"]]);
            Cli.WaitUntil(process, () => TinyRun.CountLines(folder["killed"]) >= lines);
            Cli.Signal(process, Cli.SigKill);
            Cli.Finish(process).ExitCode.ShouldBe(128 + Cli.SigKill);
        }

        Cli.Shell($"HEAVISIDE_THREADS=2 $HEAVISIDE train --resume '{folder["killed"]}'").ShouldSucceed();
        TinyRun.ShouldBeSame(folder["killed"], folder["whole"]);
        var saved = SafetensorsFile.Read(Path.Combine(TinyRun.LastCheckpoint(folder["killed"]), "model.safetensors")).Entries.Select(e => e.Name).ToList();
        saved.ShouldContain("networks.prior.chains.states");
        saved.ShouldContain("networks.prior.chains.streams");
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Commands_OnAFinishedRun_EstimateLogZAndDrawTheChains()
    {
        var run = folder["run"];
        Cli.Run(Train("run", "[44]")).ShouldSucceed().Output.ShouldContain("valid but for the error of log Z");
        var bounds = File.ReadAllText(Path.Combine(run, "result.json"));
        foreach (var words in new[] { "\"partition\"", "\"log-z\"", "\"effective-chains\"" }) bounds.ShouldContain(words);

        string[] little = ["--runs", "4", "--sweeps", "300", "--burn-in", "100", "--set", "partition-pilot-sweeps=60", "partition-chains=50", "partition-betas=200"];
        var json = Cli.Run(["partition", run, "--json", .. little]).ShouldSucceed().JsonLines.Single();
        var estimates = json["estimates"]!.AsArray();
        estimates.Select(e => (string)e!["method"]!).ShouldBe(["ais", "bar", "mbar"]);
        var (ais, bar) = (estimates[0]!, estimates[1]!);
        var error = Math.Sqrt(Math.Pow((double)ais["standard-error"]!, 2) + Math.Pow((double)bar["standard-error"]!, 2));
        ((double)ais["log-z"]!).ShouldBe((double)bar["log-z"]!, 6 * error);

        var text = Cli.Run(["partition", run, .. little]).ShouldSucceed().Output;
        foreach (var words in new[] { "22 x 22 units", "exchange rates", "round trips", "standard errors", "seed 1" }) text.ShouldContain(words);

        Cli.Run("mixing", run, "--count", "3", "--out", folder["mixing.png"]).ShouldSucceed();
        File.Exists(folder["mixing.png"]).ShouldBeTrue();
    }

    [SkippableFact]
    public void Partition_SmallOrOtherModels_IsExactOrRefused()
    {
        Cli.Run(Train("run", "[6, 4]", steps: 3)).ShouldSucceed().Output.ShouldContain("a valid bound");
        Cli.Run("partition", folder["run"]).ShouldSucceed().Output.ShouldContain("5 x 5 units");
        Cli.Run("partition", folder["run"], "--method", "aiss").ShouldFail(2, "'aiss'", "ais");
        Cli.Run("partition", folder["run"], "--set", "partition-beta=3").ShouldFail(2, "partition-beta");
        Cli.Run("partition", folder["run"], "--runs", "2", "--sweeps", "200").ShouldFail(2, "heaviside: --runs is for --method bar or mbar, not for exact: leave it out, or choose such a method");
        Cli.Run("partition", folder["run"], "--method", "ais", "--burn-in", "9").ShouldFail(2, "heaviside: --burn-in is for --method bar or mbar, not for ais");
        Cli.Run("partition", folder["run"], "--method", "bar", "--runs", "1").ShouldFail(2, "heaviside: --runs is '1', expected a whole number from 2 to 10000");
        Cli.Run("partition", folder["run"], "--set", "partition-betas=3").ShouldFail(2, "setting 'partition-betas' is for --method ais, not for exact");
        Cli.Run("partition", folder["run"], "--method", "bar", "--runs", "2", "--sweeps", "200", "--burn-in", "50", "--set", "partition-pilot-sweeps=20").ShouldSucceed().Output.ShouldContain("2 runs of 200 sweeps");

        Cli.Run(TinyRun.Train(folder["other"], 2)).ShouldSucceed();
        Cli.Run("partition", folder["other"]).ShouldFail(2, "no Boltzmann machine");
        Cli.Run("mixing", folder["other"], "--out", folder["m.png"]).ShouldFail(2, "no Boltzmann machine");
    }

    private string[] Train(string name, string groups, int steps = Steps)
    {
        TinyRun.RequireData();
        return
        [
            "train", "boltzmann-vae", "--estimator", "gumbolt", "--out", folder[name], "--steps", $"{steps}", "--batch-size", "20", "--set", $"groups={groups}", "hidden=[8]",
            "samples=2", "chains=30", "sweeps=3", "test-samples=2", "validate-every=100", "log-every=1", "checkpoint-every=7", "partition-chains=20", "partition-betas=50",
        ];
    }
}
