using Heaviside.Priors;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The times of one way to sweep, in seconds per sweep of all chains.</summary>
/// <param name="Name">What sweeps.</param>
/// <param name="IsUnit">Whether the speed of the others is measured in it: a peer's is.</param>
internal sealed record GibbsTimes(string Name, bool IsUnit = false)
{
    internal const string OneThread = "quantized, 1 thread, free core", TwoThreads = "quantized, 2 threads";

    /// <summary>How a peer sweeps: its own name for it, and ours.</summary>
    internal static IReadOnlyList<(string Key, Func<PeerKind, string> Name)> Ways =>
        [("plain", kind => $"{kind}, bernoulli(sigmoid(addmm))"), ("tuned", kind => $"{kind}, in place, uniform < p")];

    /// <summary>The seconds.</summary>
    internal StepTimes Seconds { get; } = new();

    /// <summary>Whether it was measured: two threads are not where there is one core.</summary>
    internal bool HasRun => Seconds.Medians.Count > 0;

    /// <summary>The name of a path.</summary>
    internal static string NameOf(GibbsPath path) => $"{path}".ToLowerInvariant();

    /// <summary>What the speed of one is measured in.</summary>
    internal static IReadOnlyList<string> UnitsOf(GibbsTimes times, IReadOnlyList<GibbsTimes> all) => times.Name switch
    {
        OneThread => [],
        TwoThreads => [OneThread],
        _ => [.. all.Where(t => t.IsUnit).Select(t => t.Name)],
    };

    /// <summary>How many times as fast as a unit.</summary>
    internal static Ratio Speedup(GibbsTimes times, string unit, IReadOnlyList<GibbsTimes> all) => Ratio.Of(all.Single(t => t.Name == unit).Seconds, times.Seconds);
}
