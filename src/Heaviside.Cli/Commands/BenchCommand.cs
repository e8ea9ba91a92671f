using System.CommandLine;
using Heaviside.Cli.Benchmarks;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside bench</c>: one subcommand for every benchmark of the catalogue.</summary>
internal static class BenchCommand
{
    internal static Command Create()
    {
        var bench = new CommandWithExamples("bench", "Measures speed; no result is an absolute promise, ratios within one run are.", new Example("bench vae", "training steps of the categorical VAE"));
        foreach (var benchmark in BenchmarkCatalog.All)
        {
            var command = new CommandWithExamples(benchmark.Name, benchmark.Description, [.. benchmark.Examples]) { benchmark.Options };
            command.SetAction(parsed => benchmark.Run(new(parsed)));
            bench.Add(command);
        }

        return bench;
    }
}
