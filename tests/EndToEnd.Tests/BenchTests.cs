using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

public sealed class BenchTests
{
    [Fact]
    public void Estimators_OfTwo_AreMeasuredInUnitsOfTheFirst()
    {
        var result = Cli.Run("bench", "estimators", "--batch-size", "4", "--estimator", "reinforce", "--rounds", "1", "--steps", "2", "--json").ShouldSucceed().JsonLines.Single();
        var rows = result["works"]!.AsArray();
        rows.Select(r => (string)r!["name"]!).ShouldBe(["gumbel-softmax", "reinforce"]);
        ((double)rows[0]!["times-unit"]!).ShouldBe(1);
        ((double)rows[1]!["times-unit"]!).ShouldBe((double)rows[1]!["ours-ms"]! / (double)rows[0]!["ours-ms"]!, 1e-9);
        foreach (var row in rows)
        {
            var peer = row!["peers"]!["torchsharp"]!;
            ((double)peer["ratio"]!).ShouldBe((double)peer["ms"]! / (double)row["ours-ms"]!, 1e-9);
        }

        ((string)result["peer-versions"]!["torchsharp"]!).ShouldContain("libtorch");
        result["left-out"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public void Stability_Variants_AreMeasuredInUnitsOfTheStepWithout()
    {
        var result = Cli.Run("bench", "stability", "--latents", "2x3", "--rounds", "1", "--steps", "2", "--json").ShouldSucceed().JsonLines.Single();
        var rows = result["works"]!.AsArray();
        rows.Count.ShouldBe(5);
        ((string)rows[0]!["name"]!, (double)rows[0]!["times-unit"]!).ShouldBe(("without", 1));
        foreach (var row in rows) ((double)row!["times-unit"]!).ShouldBe((double)row["ours-ms"]! / (double)rows[0]!["ours-ms"]!, 1e-9);
        Cli.Run("bench", "stability", "--latents", "2x3", "--rounds", "1", "--steps", "1").ShouldSucceed().Output.ShouldContain("mean-centered (algorithm 2)");
    }

    [Fact]
    public void Direct_Works_AreMeasuredInTheirUnits()
    {
        var result = Cli.Run("bench", "direct", "--classes", "3", "--rounds", "1", "--steps", "2", "--json").ShouldSucceed().JsonLines.Single();
        var rows = result["works"]!.AsArray();
        rows.Count(r => (string)r!["latents"]! == "1x3").ShouldBe(3);
        rows.Count(r => (string)r!["latents"]! == "15 bits").ShouldBe(5);
        foreach (var row in rows)
        {
            var unit = rows.Single(r => (string)r!["latents"]! == (string)row!["latents"]! && (string)r!["name"]! == (string)row["unit"]!);
            ((double)row!["times-unit"]!).ShouldBe((double)row["ours-ms"]! / (double)unit!["ours-ms"]!, 1e-9);
            row["peers"]!.AsObject().Select(p => p.Key).ShouldBe(["torchsharp"]);
        }

        Cli.Run("bench", "direct", "--classes", "1").ShouldFail(2, "--classes must be a whole number from 2");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void GumBolt_Works_AreMeasuredAgainstTorchSharp()
    {
        var result = Cli.Run("bench", "gumbolt", "--samples", "2", "--rounds", "1", "--steps", "1", "--json").ShouldSucceed().JsonLines.Single();
        var rows = result["works"]!.AsArray();
        rows.Select(r => (string)r!["name"]!).ShouldBe(["linear, 100x100, k = 2", "2 hidden layers, 200x200, k = 2"]);
        foreach (var row in rows)
        {
            ((double)row!["ours-ms"]!).ShouldBeGreaterThan((double)row["sampling-ms"]! / 10);
            var peer = row["peers"]!["torchsharp"]!;
            ((double)peer["ratio"]!).ShouldBe((double)peer["ms"]! / (double)row["ours-ms"]!, 1e-9);
        }
    }

    [Fact]
    public void Nri_Edges_AreMeasuredAgainstTorchSharp()
    {
        var tables = Cli.Run("bench", "nri", "--batch-size", "2", "--width", "8", "--rounds", "1", "--json").ShouldSucceed().JsonLines;
        tables.Select(t => t["works"]!.AsArray().Count).ShouldBe([4, 1]);
        foreach (var row in tables.SelectMany(t => t["works"]!.AsArray()))
        {
            var peer = row!["peers"]!["torchsharp"]!;
            ((double)peer["ratio"]!).ShouldBe((double)peer["ms"]! / (double)row["ours-ms"]!, 1e-9);
            ((double)row["matrix-products-share"]!).ShouldBeGreaterThan(0);
        }

        Cli.Run("bench", "nri", "--width", "0").ShouldFail(2, "--width must be a whole number from 1");
    }

    [Fact]
    public void Gibbs_Paths_AreMeasuredInUnitsOfThePeers()
    {
        const string Unit = "TorchSharp, bernoulli(sigmoid(addmm))";
        var result = Cli.Run("bench", "gibbs", "--sides", "5", "--chains", "3", "--rounds", "1", "--sweeps", "2", "--json").ShouldSucceed().JsonLines.Single();
        var rows = result["paths"]!.AsArray();
        var unit = (double)rows.Single(r => (string)r!["name"]! == Unit)!["us-per-sweep"]!;
        foreach (var path in new[] { "quantized", "tables", "portable", "torch" })
        {
            var row = rows.Single(r => (string)r!["name"]! == path)!;
            ((double)row["times-as-fast"]![Unit]!).ShouldBe(unit / (double)row["us-per-sweep"]!, 1e-9);
        }

        Cli.Run("bench", "gibbs", "--sides", "0").ShouldFail(2, "--sides must be a whole number from 1 to 10,000");
    }

    [Fact]
    public void Vae_Peers_AreThoseAskedFor()
    {
        JsonObject Run(params string[] peers) =>
            Cli.Run(["bench", "vae", "--latents", "2x3", "--rounds", "1", "--steps", "1", "--json", "--peer", .. peers]).ShouldSucceed().JsonLines.Single();

        Run("none")["peer-versions"]!.AsObject().ShouldBeEmpty();
        var both = Run("pytorch", "torchsharp");
        both["peer-versions"]!.AsObject().Select(p => p.Key).ShouldBe(["torchsharp", "pytorch"]);
        both["works"]![0]!["peers"]!.AsObject().Select(p => p.Key).ShouldBe(both["peer-versions"]!.AsObject().Where(p => p.Value is not null).Select(p => p.Key));
        Cli.Run("bench", "vae", "--peer", "none", "torchsharp").ShouldFail(2, "--peer none stands alone");
        Cli.Run("bench", "vae", "--peer", "python").ShouldFail(2, "'python'");
    }

    [Fact]
    public void Peer_OfNoBenchmark_IsRefused()
    {
        var result = Cli.Run("bench-peer", "nothing");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("vae, estimators, direct, gumbolt, gibbs");
    }

    [Fact]
    public void Estimators_ThatCannotTrainTheNetwork_AreNamedWithTheReason()
    {
        var output = Cli.Run("bench", "estimators", "--batch-size", "4", "--estimator", "enumeration", "--rounds", "1", "--steps", "1").ShouldSucceed().Output;
        output.ShouldContain("batch 4: medians of 1 rounds of 1 steps");
        output.ShouldMatch("left out: enumeration: .*too many");
    }
}
