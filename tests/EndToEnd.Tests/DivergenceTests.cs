using System.Text.Json.Nodes;
using Heaviside.Files;

namespace EndToEnd.Tests;

/// <summary>Trainings that come to nothing end with a line and an exit code that say so.</summary>
public sealed class DivergenceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Train_LearningRateTooLarge_FailsWithOneLine()
    {
        TinyRun.RequireData();
        string[] little = ["--steps", "20", "--batch-size", "20", "--set", "test-samples=2", "validate-every=10"];
        Cli.Run(["train", "boltzmann-vae", "--estimator", "gumbolt", "--learning-rate", "1e38", "--out", folder["machine"], .. little, "groups=[44]", "chains=10", "sweeps=2"])
            .ShouldFail(1, "step 1", "checkpoint");
        var finite = Cli.Run(["train", "--learning-rate", "10", "--out", folder["finite"], .. little]);
        finite.ShouldFail(1, "diverged", "smaller learning rate");
        File.Exists(Path.Combine(folder["finite"], "result.json")).ShouldBeTrue();
    }

    [SkippableFact]
    public void Evaluate_WeightsWithNaN_IsRefused()
    {
        Cli.Run(TinyRun.Train(folder["run"], 2)).ShouldSucceed();
        var best = Directory.GetFiles(folder["run"], "best*").Single();
        var file = SafetensorsFile.Read(best);
        var spoiled = file.Entries[0];
        SafetensorsFile.Write(best, [spoiled with { Data = Enumerable.Repeat(BitConverter.GetBytes(float.NaN), spoiled.Data.Length / 4).SelectMany(b => b).ToArray() }, .. file.Entries.Skip(1)]);
        // A run of version 0.2 has no sums, by which the change would be found first.
        var state = Path.Combine(TinyRun.LastCheckpoint(folder["run"]), "state.json");
        var json = JsonNode.Parse(File.ReadAllText(state))!.AsObject();
        foreach (var key in new[] { "settings", "sums", "sum", "best-sum" }) json.Remove(key).ShouldBeTrue(key);
        File.WriteAllText(state, json.ToJsonString());
        foreach (var command in new[] { "evaluate", "sample" })
            Cli.Run(command, folder["run"]).ShouldFail(2, $"'{spoiled.Name}'", "NaN");
    }
}
