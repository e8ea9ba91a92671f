using Heaviside.Configuration;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Every benchmark: a new one is one file and one line here.</summary>
internal static class BenchmarkCatalog
{
    /// <summary>All benchmarks.</summary>
    internal static Catalog<Benchmark> All { get; } = new("benchmark",
    [
        new VaeBenchmark(),
        new EstimatorsBenchmark(),
        new StabilityBenchmark(),
        new DirectBenchmark(),
        new NriBenchmark(),
        new GibbsBenchmark(),
        new GumBoltBenchmark(),
        new SimulatorsBenchmark(),
        new MemoryBenchmark(),
    ]);
}
