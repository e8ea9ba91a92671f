using Heaviside.Evaluation;
using Heaviside.Training.Probes;

namespace Heaviside.Training;

/// <summary>The kinds of lines in the metrics of runs; docs/run-folder.md describes them.</summary>
internal static class RunMetrics
{
    private static readonly string[] Position = ["step", "epoch", "seconds"];

    // What follows a schedule, is learned, or is reported by models and estimators.
    private static readonly string[] Followed =
        ["temperature", "epsilon", "kl-weight", "label-weight", "stability-weight", "balance", "stability", "discreteness", "prediction-loss"];

    /// <summary>The numbers that the lines of each kind may have.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Numbers { get; } =
        ProbeCatalog.All.Select(p => (p.Name, p.Numbers))
            .Prepend(("validation", Bound.MetricsNumbers)).Prepend(("train", ["objective", "learning-rate", .. Followed]))
            .ToDictionary(k => k.Item1, IReadOnlyList<string> (k) => [.. Position, .. k.Item2]);
}
