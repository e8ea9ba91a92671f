using System.CommandLine;
using Heaviside.Cli.Benchmarks;
using Heaviside.Cli.Output;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench gibbs</c>.</summary>
internal static class BenchGibbsCommand
{
    private static readonly Option<int[]> Sides = CheckedOption.Wholes("--sides", "N", "Units of each side [default: 100 200]", 1, 10_000);
    private static readonly Option<int> Chains = CheckedOption.Whole("--chains", "Chains", 1, 100_000, 100);
    private static readonly Option<int> Sweeps = CheckedOption.Whole("--sweeps", "Sweeps per call, of which a turn has ten", 1, 1_000_000, 200);
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object per machine");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "gibbs",
            "Times block Gibbs sweeps of a restricted Boltzmann machine by each path, as ratios to loops of torch's operators in TorchSharp, in turns on one core, then on two.",
            new("bench gibbs", "machines of 100x100 and 200x200 units"),
            new("bench gibbs --sides 200 --rounds 3 --json", "one of them, for a program"))
        {
            Sides, Chains, Sweeps, BenchCommand.Rounds, PeerOption.Peers, AsJson,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (rounds, chains, sweeps) = (parsed.GetValue(BenchCommand.Rounds), parsed.GetValue(Chains), parsed.GetValue(Sweeps));
        foreach (var side in parsed.GetValue(Sides) is { Length: > 0 } given ? given : [100, 200])
        {
            var benchmark = new GibbsBenchmark { Side = side, Chains = chains, PeerKinds = PeerOption.Read(parsed), Rounds = rounds, Sweeps = sweeps };
            var results = benchmark.Run(round => Console.Error.WriteLine($"{side}x{side}: round {round} of {rounds}"));
            if (parsed.GetValue(AsJson)) Json.Write(benchmark.ToJson(results));
            else Print(benchmark, results);
        }

        return Application.Success;
    }

    private static void Print(GibbsBenchmark benchmark, IReadOnlyList<GibbsTimes> results)
    {
        var table = Terminal.Table($"{benchmark.Side}x{benchmark.Side} units", "us per sweep", "million sweeps of a chain per second", "times as fast", "of rounds", "as");
        foreach (var column in new[] { 1, 2, 3, 4 }) table.Columns[column].RightAligned();
        foreach (var times in results.Where(r => r.HasRun))
        {
            var name = times.Name;
            foreach (var unit in GibbsTimes.UnitsOf(times, results).DefaultIfEmpty())
            {
                var speedup = unit is null ? (Ratio?)null : GibbsTimes.Speedup(times, unit, results);
                var isFirst = name.Length > 0;
                table.AddRow(
                    name, isFirst ? $"{times.Seconds.Median * 1e6:F1}" : "", isFirst ? $"{benchmark.Chains / times.Seconds.Median / 1e6:F2}" : "",
                    speedup is { } s ? $"{s.Median:F1}" : "", speedup?.Range ?? "", unit ?? "");
                name = "";
            }
        }

        Terminal.Out.WriteLine($"Sweeps of both sides of {benchmark.Chains} chains: medians of {benchmark.Rounds} rounds of 10 calls of {benchmark.Sweeps} sweeps in turns, "
            + $"one core unless two threads are named; libtorch {Machine.LibtorchVersion}, {PeerProcesses.Describe(benchmark.PeerVersions)}.");
        Terminal.Write(table);
    }
}
