using System.CommandLine;
using Heaviside.Configuration;

namespace Heaviside.Cli.Benchmarks;

/// <summary>What <c>heaviside bench NAME</c> measures.</summary>
internal abstract class Benchmark : ICatalogEntry
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>What is timed against what.</summary>
    internal abstract string Description { get; }

    /// <summary>How it is typed, after its name.</summary>
    internal abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>The options that it reads, in the order of its help.</summary>
    internal abstract IReadOnlyList<Option> Options { get; }

    /// <summary>Measures and prints.</summary>
    internal abstract void Run(BenchmarkRequest request);
}
