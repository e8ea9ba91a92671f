using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Benchmarks;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Training;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench</c>: one subcommand per benchmark.</summary>
internal static class BenchCommand
{
    /// <summary>How often each side has its turn.</summary>
    internal static readonly Option<int> Rounds = CheckedOption.Whole("--rounds", "Turns of each side", 1, 10_000, 7);

    /// <summary>How many steps a turn has.</summary>
    internal static readonly Option<int> Steps = CheckedOption.Whole("--steps", "Training steps, per turn where there are turns", 1, 100_000_000, 100);

    /// <summary>Where data sets may be.</summary>
    internal static readonly Option<string?> DataDir = CommonOptions.DataDir();

    private static readonly Option<string[]> Latents = new("--latents") { Description = "Latents to measure with [default: 30x10 100x2]", HelpName = "NxK", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Where = CommonOptions.Device();
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object per latent shape");

    internal static Command Create()
    {
        var vae = new CommandWithExamples(
            "vae",
            "Times training steps of the categorical VAE against the same in idiomatic TorchSharp, in turns on one core.",
            new("bench vae", "both latent shapes"),
            new("bench vae --peer torchsharp pytorch", "against PyTorch as well, where a python3 has it"),
            new("bench vae --latents 30x10 --rounds 3 --json", "for a program"),
            new("bench vae --device cuda", "on the GPU"))
        {
            Latents, Rounds, Steps, PeerOption.Peers, Where, DataDir, AsJson,
        };
        vae.SetAction(RunVae);
        var memory = new CommandWithExamples(
            "memory",
            "Prints the resident size over many training steps, with collections forced along the way.",
            new Example("bench memory --steps 100000", "the long run"))
        {
            Steps,
        };
        memory.SetAction(RunMemory);
        return new CommandWithExamples("bench", "Measures speed; no result is an absolute promise, ratios within one run are.", new Example("bench vae", "training steps of the categorical VAE"))
        {
            vae, BenchEstimatorsCommand.Create(), BenchStabilityCommand.Create(), BenchDirectCommand.Create(), BenchGibbsCommand.Create(), BenchGumBoltCommand.Create(), memory,
        };
    }

    private static int RunVae(ParseResult parsed)
    {
        var (rounds, steps) = (parsed.GetValue(Rounds), parsed.GetValue(Steps));
        var device = parsed.GetValue(Where) is { } text ? ComputeDevice.Parse(text).Torch : torch.CPU;
        var folders = DataFolders.Standard(parsed.GetValue(DataDir));
        var shapes = LatentShapes(parsed, Latents);
        var results = new List<VaeResult>();
        foreach (var shape in shapes)
        {
            var benchmark = new VaeBenchmark { Latents = shape, PeerKinds = PeerOption.Read(parsed), Rounds = rounds, Steps = steps, Device = device };
            results.Add(benchmark.Run(folders, round => Console.Error.WriteLine($"{shape}: round {round} of {rounds}")));
        }

        if (parsed.GetValue(AsJson)) Console.WriteLine(new JsonArray([.. results.Select(r => r.ToJson())]).ToJsonString());
        else Print(results);
        return Application.Success;
    }

    /// <summary>The shapes that were given, else two; all are read before any is measured.</summary>
    internal static LatentShape[] LatentShapes(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) is { Length: > 0 } given ? given : ["30x10", "100x2"]).Select(LatentShape.Parse)];

    private static int RunMemory(ParseResult parsed)
    {
        foreach (var (step, resident) in MemoryBenchmark.Run(parsed.GetValue(Steps)))
            Console.WriteLine($"{step,9} steps  {resident / 1e6,8:F1} MB");
        return Application.Success;
    }

    private static void Print(IReadOnlyList<VaeResult> results)
    {
        var first = results[0];
        var table = Terminal.Table(["latents", "ms", .. PeerOption.Headers(first.PeerVersions), "matrix products alone", "their rate"]);
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var r in results)
        {
            table.AddRow(
            [
                r.Times.Name, $"{r.Times.Ours.Median * 1e3:F2}", .. PeerOption.Cells(r.Times, r.PeerVersions),
                $"{r.Products.Median * 1e3:F2} ({r.ProductShare:P0} of ours)", $"{r.GigaflopRate:F0} GFLOP/s",
            ]);
        }

        Terminal.Out.WriteLine($"Training steps of the categorical VAE, batch 100: medians of {first.Settings.Rounds} rounds of {first.Settings.Steps} steps in turns on {first.Settings.Device}, "
            + $"one core, one thread; data: {first.Data}; libtorch {Machine.LibtorchVersion}, {PeerProcesses.Describe(first.PeerVersions)}.");
        Terminal.Write(table);
    }
}
