using Heaviside.Configuration;

namespace Heaviside.Estimators.Baselines;

/// <summary>The baselines by name, from settings.</summary>
public static class BaselineCatalog
{
    // One line per baseline.
    private static readonly Dictionary<string, Func<Settings, EstimatorInput, Baseline>> All = new()
    {
        ["none"] = (_, _) => new ConstantBaseline(0),
        ["constant"] = (s, _) => new ConstantBaseline(s.Double("baseline-value", 0, -ConstantBaseline.Most, ConstantBaseline.Most, "the constant baseline, in the units of f")),
        ["running"] = (s, input) => new RunningBaseline(input.Type, input.Rng.device) { Decay = s.Double("baseline-decay", 0.9, 0, 0.999999, "what remains of the running mean after a batch") },
        ["leave-one-out"] = (_, _) => new LeaveOneOutBaseline(),
        ["batch"] = (_, _) => new BatchBaseline(),
        ["input"] = (_, input) => new InputBaseline(input),
    };

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];

    /// <summary>The baseline that the setting baseline names.</summary>
    /// <param name="s">The settings.</param>
    /// <param name="input">What the estimator is made for.</param>
    /// <param name="fallback">The name of the default.</param>
    public static Baseline Create(Settings s, EstimatorInput input, string fallback) =>
        All[s.Choice("baseline", fallback, Names, "what is subtracted from f")](s, input);
}
