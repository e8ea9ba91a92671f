using System.CommandLine;
using Heaviside.Cli.Benchmarks;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Estimators;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench estimators</c>.</summary>
internal static class BenchEstimatorsCommand
{
    private static readonly Option<int[]> Batches = CheckedOption.Wholes("--batch-size", "N", "Images per step [default: 24 100]", 1, 5_000);
    private static readonly Option<string[]> Names = new("--estimator") { Description = "Only these, and the unit", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object per batch size");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "estimators",
            $"Times a training step of a sigmoid belief network with every estimator, as a ratio to {EstimatorsBenchmark.Unit} and to the same in idiomatic TorchSharp, in turns on one core.",
            new("bench estimators", "the whole catalogue, for two batch sizes"),
            new("bench estimators --batch-size 100 --estimator reinforce --rounds 3 --json", "one of them, for a program"))
        {
            Batches, Names, BenchCommand.Rounds, BenchCommand.Steps, PeerOption.Peers, BenchCommand.DataDir, AsJson,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (rounds, steps) = (parsed.GetValue(BenchCommand.Rounds), parsed.GetValue(BenchCommand.Steps));
        var folders = DataFolders.Standard(parsed.GetValue(BenchCommand.DataDir));
        var batches = parsed.GetValue(Batches) is { Length: > 0 } sizes ? sizes : [24, 100];
        string[] estimators = parsed.GetValue(Names) is { Length: > 0 } names ? [.. names.Select(n => EstimatorCatalog.All.Find(n).Name)] : [.. EstimatorCatalog.All.Names];
        foreach (var batch in batches)
        {
            var benchmark = new EstimatorsBenchmark { Estimators = estimators, Batch = batch, PeerKinds = PeerOption.Read(parsed), Rounds = rounds, Steps = steps };
            var result = benchmark.Run(folders, round => Console.Error.WriteLine($"batch {batch}: round {round} of {rounds}"));
            if (parsed.GetValue(AsJson)) Json.Write(result.ToJson());
            else Print(result);
        }

        return Application.Success;
    }

    private static void Print(EstimatorsResult result)
    {
        var settings = result.Settings;
        var table = Terminal.Table(["estimator", "ms", $"x {EstimatorsBenchmark.Unit}", "of rounds", .. PeerOption.Headers(result.PeerVersions)]);
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var times in result.Times)
        {
            var units = result.InUnits(times);
            table.AddRow([times.Name, $"{times.Ours.Median * 1e3:F2}", $"{units.Median:F2}", units.Range, .. PeerOption.Cells(times, result.PeerVersions)]);
        }

        Terminal.Out.WriteLine($"Training steps of a sigmoid belief network 784-200-784, batch {settings.Batch}: medians of {settings.Rounds} rounds of {settings.Steps} steps in turns, "
            + $"one core, threads: {result.Threads}; data: {result.Data}; libtorch {Machine.LibtorchVersion}, {PeerProcesses.Describe(result.PeerVersions)}.");
        Terminal.Write(table);
        foreach (var (name, reason) in result.LeftOut) Terminal.Out.WriteLine($"left out: {name}: {reason}");
    }
}
