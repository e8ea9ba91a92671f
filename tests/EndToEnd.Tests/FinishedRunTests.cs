using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

public sealed class FinishedRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Commands_OnAFinishedRun_EvaluateAndDrawIt()
    {
        var run = folder["run"];
        Cli.Run(TinyRun.Train(run, 5)).ShouldSucceed();

        var json = Cli.Run("evaluate", run, "--samples", "2", "--json").ShouldSucceed().JsonLines.Single();
        JsonNode.DeepEquals(json["bounds"], JsonNode.Parse(File.ReadAllText(Path.Combine(run, "result.json")))!["bounds"]).ShouldBeTrue(json.ToJsonString());

        var text = Cli.Run("evaluate", run, "--samples", "2", "--split", "validation").ShouldSucceed().Output;
        foreach (var words in new[] { "validation bounds", "a valid bound", "binarization dynamic", "seed 1" }) text.ShouldContain(words);

        Cli.Run("sample", run, "--out", folder["samples.png"]).ShouldSucceed().Output.ShouldBe(folder["samples.png"] + "\n");
        File.ReadAllBytes(folder["samples.png"]).ShouldBe(File.ReadAllBytes(Path.Combine(run, "samples.png")));
        Cli.Run("sample", run, "--count", "7", "--seed", "9", "--out", folder["few.png"]).ShouldSucceed();
        File.ReadAllBytes(folder["few.png"]).Length.ShouldBeLessThan(File.ReadAllBytes(folder["samples.png"]).Length);

        Cli.Run("reconstruct", run, "--out", folder["pairs.png"]).ShouldSucceed();
        File.ReadAllBytes(folder["pairs.png"]).ShouldBe(File.ReadAllBytes(Path.Combine(run, "reconstructions.png")));
    }

    // Of an archived run, whose training was killed once.
    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Commands_OnAReadOnlyFileSystem_Read()
    {
        TinyRun.RequireData();
        Skip.If(Cli.Shell("unshare -rm true").ExitCode != 0, "no file system can be mounted here");
        string[] settings = ["test-samples=2", "steps=2"];
        Cli.Run(["train", "boltzmann-vae", "--estimator", "gumbolt", "--out", folder["archive", "boltzmann"], "--set", "groups=[8]", "hidden=[8]", "samples=2", "chains=20", "sweeps=2", "partition-chains=20", "partition-betas=50", .. settings]).ShouldSucceed();
        Cli.Run(["train", "gmvae", "--out", folder["archive", "gmvae"], "--set", "clusters=3", "latent-size=2", "channels=[2,2]", "hidden=4", .. settings]).ShouldSucceed();
        foreach (var run in Directory.GetDirectories(folder["archive"])) File.WriteAllText(Path.Combine(run, ".lock"), "");

        var archive = folder["archive"];
        CliResult ReadOnly(string command) => Cli.Shell($"unshare -rm sh -c 'mount --bind {archive} {archive} && mount -o remount,ro,bind {archive} && cd {folder.Root} && $HEAVISIDE {command}'");
        foreach (var command in new[] { "evaluate boltzmann --samples 2", "sample boltzmann --count 4", "reconstruct boltzmann --count 4", "mixing boltzmann --count 2", "partition boltzmann --method exact", "cluster gmvae --out clusters" })
            ReadOnly(command.Replace(" boltzmann", $" {archive}/boltzmann", StringComparison.Ordinal).Replace(" gmvae", $" {archive}/gmvae", StringComparison.Ordinal)).ShouldSucceed();
        ReadOnly($"cluster {archive}/gmvae").ShouldFail(2, "name another folder with --out");
        ReadOnly($"train --resume {archive}/gmvae").ShouldFail(1, $"{archive}/gmvae: cannot be written: ");
    }

    [SkippableFact]
    public void Evaluate_KilledRun_TakesTheBestWeightsOfItsNewestCheckpoint()
    {
        using var process = Cli.Start(TinyRun.Train(folder["run"], 1_000_000, "validate-every=20", "checkpoint-every=30"));
        Cli.WaitUntil(process, () => Directory.Exists(folder["run", "checkpoints", "step-0000000060"]));
        Cli.Signal(process, Cli.SigKill);
        process.WaitForExit();

        Cli.Run("evaluate", folder["run"], "--samples", "2").ShouldSucceed().Output.ShouldContain("a valid bound");
    }

    [SkippableFact]
    public void Evaluate_BeforeTheFirstValidation_SaysHowToContinue()
    {
        using var process = Cli.Start(TinyRun.Train(folder["run"], 1_000_000, "validate-every=1000000"));
        Cli.WaitUntil(process, () => TinyRun.CountLines(folder["run"]) > 0);
        process.Kill();
        process.WaitForExit();

        Cli.Run("evaluate", folder["run"]).ShouldFail(2, "no validated weights yet", $"--resume {folder["run"]}");
    }
}
