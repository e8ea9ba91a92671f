using System.CommandLine;
using Heaviside.Cli.Benchmarks;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench direct</c>.</summary>
internal static class BenchDirectCommand
{
    private static readonly Option<int[]> Classes = CheckedOption.Wholes("--classes", "K", "Classes of the single variable [default: 10 30 50]", 2, 1_000);
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "direct",
            "Times training steps of direct optimization, with one categorical variable and with 15 bits, as ratios to Gumbel-Softmax and to idiomatic TorchSharp, in turns on one core.",
            new("bench direct", "all of them"),
            new("bench direct --classes 10 --rounds 3 --json", "fewer, for a program"))
        {
            Classes, BenchCommand.Rounds, BenchCommand.Steps, PeerOption.Peers, BenchCommand.DataDir, AsJson,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (rounds, steps) = (parsed.GetValue(BenchCommand.Rounds), parsed.GetValue(BenchCommand.Steps));
        var folders = DataFolders.Standard(parsed.GetValue(BenchCommand.DataDir));
        var benchmark = new DirectBenchmark { Classes = parsed.GetValue(Classes) is { Length: > 0 } given ? given : [10, 30, 50], PeerKinds = PeerOption.Read(parsed), Rounds = rounds, Steps = steps };
        var results = benchmark.Run(folders, round => Console.Error.WriteLine($"round {round} of {rounds}"));
        if (parsed.GetValue(AsJson)) Json.Write(benchmark.ToJson(results));
        else Print(benchmark, results);
        return Application.Success;
    }

    private static void Print(DirectBenchmark benchmark, IReadOnlyList<(DirectWork Work, ComparedTimes Times)> results)
    {
        var table = Terminal.Table(["latents", "step", "ms", "x", "unit", "of rounds", "aim", .. PeerOption.Headers(benchmark.PeerVersions)]);
        foreach (var column in table.Columns.Where((_, i) => i is not (0 or 1 or 4))) column.RightAligned();
        foreach (var (work, times) in results)
        {
            var units = DirectBenchmark.InUnits(work, times, results);
            table.AddRow(
            [
                work.Latents, work.Name, $"{times.Ours.Median * 1e3:F2}", $"{units.Median:F2}", work.Unit, units.Range, work.Aim is { } aim ? $"{aim:F1}" : "",
                .. PeerOption.Cells(times, benchmark.PeerVersions),
            ]);
        }

        Terminal.Out.WriteLine($"Training steps of 784-300-latents-300-784 with ReLU, batch 100: medians of {benchmark.Rounds} rounds of {benchmark.Steps} steps in turns, "
            + $"one core, threads: {torch.get_num_threads()}; data: {benchmark.Source}; libtorch {Machine.LibtorchVersion}, {PeerProcesses.Describe(benchmark.PeerVersions)}.");
        Terminal.Write(table);
    }
}
