using System.CommandLine;
using Heaviside.Cli.Benchmarks;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench gumbolt</c>.</summary>
internal static class BenchGumBoltCommand
{
    private static readonly Option<int[]> Samples = CheckedOption.Wholes("--samples", "K", "Importance samples to measure with [default: 1 20]", 1, 1_000);
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "gumbolt",
            "Times training steps of GumBolt against the same in idiomatic TorchSharp, in turns on one core, and shows what the chains of the prior take of them.",
            new("bench gumbolt --steps 20", "linear maps with 100x100 units, and two hidden layers with 200x200"),
            new("bench gumbolt --samples 1 --rounds 3 --steps 10 --json", "fewer, for a program"))
        {
            Samples, BenchCommand.Rounds, BenchCommand.Steps, PeerOption.Peers, BenchCommand.DataDir, AsJson,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (rounds, steps) = (parsed.GetValue(BenchCommand.Rounds), parsed.GetValue(BenchCommand.Steps));
        var folders = DataFolders.Standard(parsed.GetValue(BenchCommand.DataDir));
        var samples = parsed.GetValue(Samples) is { Length: > 0 } given ? given : [1, 20];
        var benchmark = new GumBoltBenchmark { Works = [.. samples.SelectMany(k => new[] { new GumBoltWork(1, 0, k), new GumBoltWork(2, 2, k) })], PeerKinds = PeerOption.Read(parsed), Rounds = rounds, Steps = steps };
        var results = benchmark.Run(folders, round => Console.Error.WriteLine($"round {round} of {rounds}"));
        if (parsed.GetValue(AsJson)) Json.Write(benchmark.ToJson(results));
        else Print(benchmark, results);
        return Application.Success;
    }

    private static void Print(GumBoltBenchmark benchmark, IReadOnlyList<GumBoltTimes> results)
    {
        var table = Terminal.Table(["maps, units, samples", "ms", "without sampling", "sampling alone", .. PeerOption.Headers(benchmark.PeerVersions)]);
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var r in results)
        {
            table.AddRow(
            [
                r.Work.Name, $"{r.Whole.Ours.Median * 1e3:F2}", $"{r.Networks.Median * 1e3:F2}", $"{r.Sampling.Median * 1e3:F2}",
                .. PeerOption.Cells(r.Whole, benchmark.PeerVersions),
            ]);
        }

        Terminal.Out.WriteLine($"Training steps of GumBolt, batch 100, {GumBoltWork.Sweeps} sweeps of {GumBoltWork.Chains} chains: medians of {benchmark.Rounds} rounds of {benchmark.Steps} steps in turns, "
            + $"one core, threads: {torch.get_num_threads()}; data: {benchmark.Source}; libtorch {Machine.LibtorchVersion}, {PeerProcesses.Describe(benchmark.PeerVersions)}.");
        Terminal.Write(table);
    }
}
