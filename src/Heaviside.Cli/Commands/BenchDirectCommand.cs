using System.CommandLine;
using Heaviside.Cli.Benchmarks;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench direct</c>.</summary>
internal static class BenchDirectCommand
{
    private static readonly Option<int[]> Classes = new("--classes") { Description = "Classes of the single variable [default: 10 30 50]", HelpName = "K", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "direct",
            "Times training steps of direct optimization, with one categorical variable and with 15 bits, as ratios to Gumbel-Softmax and to PyTorch, in turns on one core.",
            new("bench direct", "all of them"),
            new("bench direct --classes 10 --rounds 3 --json", "fewer, for a program"))
        {
            Classes, BenchCommand.Rounds, BenchCommand.Steps, BenchCommand.DataDir, AsJson,
        };
        Classes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int[]>()?.Any(k => k is < 2 or > 1_000) == true) result.AddError("--classes must be from 2 to 1,000");
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (rounds, steps) = (BenchCommand.Positive(parsed, BenchCommand.Rounds), BenchCommand.Positive(parsed, BenchCommand.Steps));
        var folders = DataFolders.Standard(parsed.GetValue(BenchCommand.DataDir));
        var benchmark = new DirectBenchmark { Classes = parsed.GetValue(Classes) is { Length: > 0 } given ? given : [10, 30, 50], Rounds = rounds, Steps = steps };
        var results = benchmark.Run(folders, round => Console.Error.WriteLine($"round {round} of {rounds}"));
        if (parsed.GetValue(AsJson)) Json.Write(benchmark.ToJson(results));
        else Print(benchmark, results);
        return Application.Success;
    }

    private static void Print(DirectBenchmark benchmark, IReadOnlyList<(DirectWork Work, EstimatorTimes Times)> results)
    {
        var table = Terminal.Table("latents", "step", "ms", "x", "unit", "of rounds", "aim", "PyTorch ms", "PyTorch / ours", "of rounds");
        foreach (var column in new[] { 2, 3, 5, 6, 7, 8, 9 }) table.Columns[column].RightAligned();
        foreach (var (work, times) in results)
        {
            var units = DirectBenchmark.InUnits(work, times, results);
            table.AddRow(
                work.Latents, work.Name, $"{times.Ours.Median * 1e3:F2}", $"{units.Median:F2}", work.Unit, units.Range, work.Aim is { } aim ? $"{aim:F1}" : "",
                times.Peer is null ? "" : $"{times.Peer.Median * 1e3:F2}", times.Ratio is { } ratio ? $"{ratio.Median:F2}" : "", times.Ratio?.Range ?? "");
        }

        Terminal.Out.WriteLine($"Training steps of 784-300-latents-300-784 with ReLU, batch 100: medians of {benchmark.Rounds} rounds of {benchmark.Steps} steps in turns, "
            + $"one core, threads: {torch.get_num_threads()}; data: {benchmark.Source}; libtorch {Machine.LibtorchVersion}, PyTorch {benchmark.PeerVersion ?? BenchCommand.NoPeer}.");
        Terminal.Out.Write(table);
    }
}
