using System.Text.Json.Nodes;
using Heaviside.Data;
using Heaviside.Files;

namespace EndToEnd.Tests;

/// <summary>A run that takes a second, and what must be equal when two of them are the same run.</summary>
internal static class TinyRun
{
    private static readonly string[] Settings =
        ["encoder-layers=[8]", "decoder-layers=[8]", "latents=4x3", "test-samples=2", "validate-every=100", "log-every=1"];

    /// <summary>Skips the test where Fashion-MNIST is not installed.</summary>
    internal static void RequireData() =>
        Skip.If(DataCatalog.Set("fashion-mnist").Find(DataFolders.Standard()) is null, "fashion-mnist is not installed (Debian package dataset-fashion-mnist)");

    /// <summary>The arguments that train one; later settings win.</summary>
    internal static string[] Train(string folder, int steps, params string[] settings)
    {
        RequireData();
        var merged = Settings.Concat(settings).GroupBy(s => s.Split('=')[0]).Select(g => g.Last());
        return ["train", "--out", folder, "--steps", $"{steps}", "--set", .. merged];
    }

    /// <summary>The lines of metrics without their times.</summary>
    internal static string[] Metrics(string folder) => [.. MetricsLog.Read(Path.Combine(folder, "metrics.jsonl")).Select(WithoutTime)];

    /// <summary>Lines in the metrics file so far.</summary>
    internal static int CountLines(string folder)
    {
        var file = Path.Combine(folder, "metrics.jsonl");
        return File.Exists(file) ? MetricsLog.Read(file).Count : 0;
    }

    /// <summary>Metrics, best weights, and weights, optimizer and generator of the last checkpoint are the same, bit for bit.</summary>
    internal static void ShouldBeSame(string folder, string expected)
    {
        Metrics(folder).ShouldBe(Metrics(expected));
        File.ReadAllText(Path.Combine(folder, "result.json")).ShouldBe(File.ReadAllText(Path.Combine(expected, "result.json")));
        Path.GetFileName(BestFile(folder)).ShouldBe(Path.GetFileName(BestFile(expected)));
        File.ReadAllBytes(BestFile(folder)).ShouldBe(File.ReadAllBytes(BestFile(expected)));
        string[] files = ["model.safetensors", "optimizer.safetensors", "generator.safetensors"];
        foreach (var file in files)
            File.ReadAllBytes(Path.Combine(LastCheckpoint(folder), file)).ShouldBe(File.ReadAllBytes(Path.Combine(LastCheckpoint(expected), file)), file);
    }

    /// <summary>The one file of best weights that a finished run has.</summary>
    internal static string BestFile(string folder) => Directory.GetFiles(folder, "best*").ShouldHaveSingleItem();

    internal static string LastCheckpoint(string folder) =>
        Directory.GetDirectories(Path.Combine(folder, "checkpoints"), "step-*").Order(StringComparer.Ordinal).Last();

    private static string WithoutTime(JsonObject line)
    {
        line.Remove("seconds").ShouldBeTrue();
        return line.ToJsonString();
    }
}
