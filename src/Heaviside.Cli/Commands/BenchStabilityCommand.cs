using System.CommandLine;
using Heaviside.Cli.Benchmarks;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench stability</c>.</summary>
internal static class BenchStabilityCommand
{
    private static readonly Option<string[]> Latents = new("--latents") { Description = "Latents to measure with [default: 30x10 100x2]", HelpName = "NxK", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object per latent shape");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "stability",
            "Times a training step of the categorical VAE with stability regularization, as a ratio to one without, in turns on one core.",
            new("bench stability", "both latent shapes"),
            new("bench stability --latents 100x2 --rounds 3 --json", "for a program"))
        {
            Latents, BenchCommand.Rounds, BenchCommand.Steps, BenchCommand.DataDir, AsJson,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (rounds, steps) = (parsed.GetValue(BenchCommand.Rounds), parsed.GetValue(BenchCommand.Steps));
        var folders = DataFolders.Standard(parsed.GetValue(BenchCommand.DataDir));
        foreach (var shape in BenchCommand.LatentShapes(parsed, Latents))
        {
            var benchmark = new StabilityBenchmark { Latents = shape, Rounds = rounds, Steps = steps };
            var results = benchmark.Run(folders, round => Console.Error.WriteLine($"{shape}: round {round} of {rounds}"));
            if (parsed.GetValue(AsJson)) Json.Write(benchmark.ToJson(results));
            else Print(benchmark, results);
        }

        return Application.Success;
    }

    private static void Print(StabilityBenchmark benchmark, IReadOnlyList<ComparedTimes> results)
    {
        var table = Terminal.Table($"{benchmark.Latents} latents", "ms", "x without", "of rounds");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var r in results)
        {
            var ratio = Ratio.Of(r.Ours, results[0].Ours);
            table.AddRow(r.Name, $"{r.Ours.Median * 1e3:F2}", $"{ratio.Median:F2}", ratio.Range);
        }

        Terminal.Out.WriteLine($"Training steps of the categorical VAE with Gumbel-Softmax, batch 100: medians of {benchmark.Rounds} rounds of {benchmark.Steps} steps in turns, "
            + $"one core, threads: {torch.get_num_threads()}; data: {benchmark.Source}; libtorch {Machine.LibtorchVersion}.");
        Terminal.Write(table);
    }
}
