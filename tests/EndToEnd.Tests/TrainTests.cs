using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Heaviside.Files;

namespace EndToEnd.Tests;

public sealed class TrainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Train_ToTheEnd_WritesEveryFileOfTheRun()
    {
        var run = folder["run"];
        var result = Cli.Run(TinyRun.Train(run, 20, "validate-every=10")).ShouldSucceed();

        foreach (var words in new[] { "epoch 1/1", "step 20/20", "relaxed objective (no bound)", "validation bound", "test bounds", "a valid bound", run })
            result.Output.ShouldContain(words);
        result.Output.ShouldNotContain('\e');

        // Ten times ten images of 28 pixels, zoomed by 3, padded by 4; a caption below, and labels beside the reconstructions.
        var samples = Size(Path.Combine(run, "samples.png"));
        samples.Width.ShouldBe(4 + (10 * 88));
        samples.Height.ShouldBeInRange(4 + (10 * 88) + 18, 4 + (10 * 88) + 100);
        Size(Path.Combine(run, "reconstructions.png")).Width.ShouldBeInRange(4 + (10 * 88) + 40, 4 + (10 * 88) + 200);
        File.ReadAllText(Path.Combine(run, "curves.svg")).ShouldContain("relaxed objective (no bound)");
        MetricsLog.Read(Path.Combine(run, "metrics.jsonl")).Select(line => (string?)line["kind"]).Count(kind => kind == "validation").ShouldBe(2);
        SafetensorsFile.Read(TinyRun.BestFile(run)).Entries.Count.ShouldBe(9);
        JsonNode.Parse(File.ReadAllText(Path.Combine(run, "run.json")))!["data"]!["fingerprint"]!.ToString().Length.ShouldBe(64);
        File.ReadAllText(Path.Combine(run, "recipe.yaml")).ShouldContain("temperature: 0.5");
        var bounds = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "result.json")))!["bounds"]!.AsArray();
        ((double)bounds[1]!["mean"]!).ShouldBeGreaterThan((double)bounds[0]!["mean"]!, "two samples give a tighter bound than one");
    }

    [SkippableFact]
    public void Train_SameSeedTwice_GivesTheSameRunAndAnotherSeedAnother()
    {
        Cli.Run(TinyRun.Train(folder["a"], 10)).ShouldSucceed();
        Cli.Run(TinyRun.Train(folder["b"], 10)).ShouldSucceed();
        Cli.Run(TinyRun.Train(folder["c"], 10, "seed=2")).ShouldSucceed();

        TinyRun.ShouldBeSame(folder["b"], folder["a"]);
        TinyRun.Metrics(folder["c"])[0].ShouldNotBe(TinyRun.Metrics(folder["a"])[0]);
    }

    [SkippableFact]
    public void Train_FromTheRecipeOfARun_GivesTheSameRun()
    {
        Cli.Run(TinyRun.Train(folder["a"], 10, "temperature=exponential(1, rate=0.1, floor=0.5)")).ShouldSucceed();
        Cli.Run("train", folder["a", "recipe.yaml"], "--out", folder["b"]).ShouldSucceed();

        TinyRun.ShouldBeSame(folder["b"], folder["a"]);
    }

    [SkippableFact]
    public void Train_WithOptionsAndSet_LetsSetWinAndOptionsBeatTheRecipe()
    {
        TinyRun.RequireData();
        File.WriteAllText(folder["recipe.yaml"], "seed: 3\nlatents: 2x2\nencoder-layers: [8]\nsteps: 1\ntest-samples: 1\n");
        Cli.Run("train", folder["recipe.yaml"], "--latents", "3x3", "--seed", "4", "--out", folder["run"], "--set", "seed=5").ShouldSucceed();

        var recipe = File.ReadAllText(folder["run", "recipe.yaml"]);
        foreach (var line in new[] { "seed: 5", "latents: 3x3", "encoder-layers: [8]" }) recipe.ShouldContain(line);
    }

    [SkippableFact]
    public void Train_WithoutOut_NumbersTheRuns()
    {
        TinyRun.RequireData();
        string[] train = ["train", "--steps", "1", "--quiet", "--set", "test-samples=1", "encoder-layers=[8]", "decoder-layers=[8]"];
        Cli.RunIn(folder.Root, train).ShouldSucceed();
        Cli.RunIn(folder.Root, train).ShouldSucceed();

        Directory.GetDirectories(folder["runs"]).Select(Path.GetFileName).Order()
            .ShouldBe(["fashion-mnist-categorical-vae-gumbel-softmax-1", "fashion-mnist-categorical-vae-gumbel-softmax-2"]);
    }

    [SkippableFact]
    public void Train_WithJson_PrintsOneObjectALine()
    {
        var lines = Cli.Run([.. TinyRun.Train(folder["run"], 3), "--json"]).ShouldSucceed().JsonLines;

        lines.Select(line => (string)line["event"]!).ShouldBe(["start", "step", "step", "step", "validation", "result"]);
        ((string)lines[1]["point"]!).ShouldBe("RelaxedSample");
        ((int)lines[^1]["bounds"]![0]!["images"]!).ShouldBe(10_000);
    }

    private static (int Width, int Height) Size(string png)
    {
        var bytes = File.ReadAllBytes(png);
        bytes[..8].ShouldBe([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8]);
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }
}
