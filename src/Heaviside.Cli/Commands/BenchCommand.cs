using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Benchmarks;
using Heaviside.Data;
using Heaviside.Models;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench</c>: one subcommand per benchmark.</summary>
internal static class BenchCommand
{
    /// <summary>Stands for the version of a PyTorch that is not there.</summary>
    internal const string NoPeer = "not found (a python3 with torch is needed)";

    /// <summary>How often each side has its turn.</summary>
    internal static readonly Option<int> Rounds = new("--rounds") { Description = "Turns of each side", HelpName = "N", DefaultValueFactory = _ => 7 };

    /// <summary>How many steps a turn has.</summary>
    internal static readonly Option<int> Steps = new("--steps") { Description = "Training steps, per turn where there are turns", HelpName = "N", DefaultValueFactory = _ => 100 };

    /// <summary>Where data sets may be.</summary>
    internal static readonly Option<string?> DataDir = CommonOptions.DataDir();

    private static readonly Option<string[]> Latents = new("--latents") { Description = "Latents to measure with [default: 30x10 100x2]", HelpName = "NxK", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Where = CommonOptions.Device();
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object per latent shape");

    internal static Command Create()
    {
        var vae = new CommandWithExamples(
            "vae",
            "Times training steps of the categorical VAE against the same in PyTorch, in turns on one core.",
            new("bench vae", "both latent shapes, against PyTorch where a Python has it"),
            new("bench vae --latents 30x10 --rounds 3 --json", "for a program"),
            new("bench vae --device cuda", "on the GPU"))
        {
            Latents, Rounds, Steps, Where, DataDir, AsJson,
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
        var (rounds, steps) = (Positive(parsed, Rounds), Positive(parsed, Steps));
        var device = parsed.GetValue(Where) is { } text ? new Device(text) : torch.CPU;
        var folders = DataFolders.Standard(parsed.GetValue(DataDir));
        var shapes = parsed.GetValue(Latents) is { Length: > 0 } given ? given : ["30x10", "100x2"];
        var results = new List<VaeResult>();
        foreach (var shape in shapes)
        {
            var benchmark = new VaeBenchmark { Latents = LatentShape.Parse(shape), Rounds = rounds, Steps = steps, Device = device };
            results.Add(benchmark.Run(folders, round => Console.Error.WriteLine($"{shape}: round {round} of {rounds}")));
        }

        if (parsed.GetValue(AsJson)) Console.WriteLine(new JsonArray([.. results.Select(r => r.ToJson())]).ToJsonString());
        else Print(results);
        return Application.Success;
    }

    private static int RunMemory(ParseResult parsed)
    {
        foreach (var (step, resident) in MemoryBenchmark.Run(Positive(parsed, Steps)))
            Console.WriteLine($"{step,9} steps  {resident / 1e6,8:F1} MB");
        return Application.Success;
    }

    private static void Print(IReadOnlyList<VaeResult> results)
    {
        var table = new Table().Title("One training step, batch 100, median milliseconds").RoundedBorder();
        foreach (var column in new[] { "latents", "ours", "PyTorch", "PyTorch / ours", "spread of rounds", "matrix products alone", "their rate" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var r in results)
        {
            table.AddRow(
                $"{r.Settings.Latents}",
                $"{r.Ours.Median * 1e3:F2}",
                r.Peer is null ? "not here" : $"{r.Peer.Median * 1e3:F2}",
                r.Ratio is { } ratio ? $"{ratio.Median:F2}" : "",
                r.Ratio?.Range ?? "",
                $"{r.Products.Median * 1e3:F2} ({r.ProductShare:P0} of ours)",
                $"{r.GigaflopRate:F0} GFLOP/s");
        }

        AnsiConsole.Write(table);
        var first = results[0];
        AnsiConsole.WriteLine($"{first.Settings.Rounds} rounds of {first.Settings.Steps} steps in turns on {first.Settings.Device}, one core, one thread; data: {first.Data}; "
            + $"libtorch {Machine.LibtorchVersion}, PyTorch {first.PeerVersion ?? NoPeer}.");
    }

    /// <summary>A count that was given, or an error that names the option.</summary>
    internal static int Positive(ParseResult parsed, Option<int> option)
    {
        var value = parsed.GetValue(option);
        return value > 0 ? value : throw new InputException($"{option.Name} is {value}, expected 1 or more");
    }
}
