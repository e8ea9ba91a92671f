using Heaviside.Priors;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The times of one way to sweep, in seconds per sweep of all chains.</summary>
/// <param name="Name">What sweeps.</param>
internal sealed record GibbsTimes(string Name)
{
    internal const string Bernoulli = "torch.bernoulli(sigmoid(addmm))", Tuned = "torch, in place, uniform < p";
    internal const string OneThread = "quantized, 1 thread, free core", TwoThreads = "quantized, 2 threads";

    /// <summary>The seconds.</summary>
    internal StepTimes Seconds { get; } = new();

    /// <summary>Whether it was measured: two threads are not where there is one core.</summary>
    internal bool HasRun => Seconds.Medians.Count > 0;

    /// <summary>The name of a path.</summary>
    internal static string NameOf(GibbsPath path) => $"{path}".ToLowerInvariant();

    /// <summary>What its speed is measured in.</summary>
    internal IReadOnlyList<string> Units() => Name switch
    {
        OneThread => [],
        TwoThreads => [OneThread],
        _ => [Bernoulli, Tuned],
    };

    /// <summary>How many times as fast as a unit.</summary>
    internal static Ratio Speedup(GibbsTimes times, string unit, IReadOnlyList<GibbsTimes> all) => Ratio.Of(all.Single(t => t.Name == unit).Seconds, times.Seconds);
}
