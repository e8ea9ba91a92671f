using Heaviside.Evaluation;
using Heaviside.Training.Probes;

namespace Heaviside.Training;

/// <summary>The kinds of lines in the metrics of runs; docs/run-folder.md describes them.</summary>
internal static class RunMetrics
{
    /// <summary>The kind of lines of the training objective.</summary>
    internal const string Train = "train";

    /// <summary>The kind of lines of validations.</summary>
    internal const string Validation = "validation";

    /// <summary>The field that has a line's kind; that of probes is their name.</summary>
    internal const string Kind = "kind";

    private static readonly string[] Position = ["step", "epoch", "seconds"];

    // What follows a schedule, is learned, or is reported by models and estimators.
    private static readonly string[] Followed =
        ["temperature", "epsilon", "kl-weight", "label-weight", "stability-weight", "balance", "stability", "discreteness", "prediction-loss"];

    /// <summary>The numbers that the lines of each kind may have.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Numbers { get; } =
        ProbeCatalog.All.Select(p => (p.Name, p.Numbers))
            .Prepend((Validation, Bound.MetricsNumbers)).Prepend((Train, ["objective", "learning-rate", .. Followed]))
            .ToDictionary(k => k.Item1, IReadOnlyList<string> (k) => [.. Position, .. k.Item2]);

    /// <summary>The field of a line that has its kind.</summary>
    internal static (string Name, object? Value) OfKind(string kind) => (Kind, kind);
}
