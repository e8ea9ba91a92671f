using Heaviside.Configuration;

namespace Heaviside.Estimators;

/// <summary>Every estimator: a new one is one file and one entry here. Tests, benchmarks, the command line and the documentation read this list.</summary>
public static class EstimatorCatalog
{
    /// <summary>All estimators.</summary>
    public static IReadOnlyList<EstimatorEntry> All { get; } =
    [
        new("enumeration", "the exact gradient, a sum over all values", LatentKinds.Any, "K^N", "exact", (_, _) => new Enumeration()),
        new("reinforce", "score function; leave-one-out baseline for S > 1", LatentKinds.Any, "S", "doi:10.1007/BF00992696", (s, _) => new Reinforce { Samples = Samples(s) }),
        new("gumbel-softmax", "relaxed samples, pathwise gradient", LatentKinds.Any, "S", "arXiv:1611.01144", (s, _) => new GumbelSoftmax { Temperature = Temperature(s), Samples = Samples(s) }),
        new("straight-through-gumbel-softmax", "hard samples forward, relaxed ones backward", LatentKinds.Any, "S", "arXiv:1611.01144", (s, _) => new StraightThroughGumbelSoftmax { Temperature = Temperature(s), Samples = Samples(s) }),
        new("straight-through", "hard samples forward, probabilities backward", LatentKinds.Any, "S", "arXiv:1308.3432", (s, _) => new StraightThrough { Samples = Samples(s) }),
    ];

    /// <summary>All names, in the catalogue's order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(e => e.Name)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="InputException">There is none; the message suggests the nearest.</exception>
    public static EstimatorEntry Find(string name) =>
        All.FirstOrDefault(e => e.Name == name) ?? throw Suggestion.Unknown("estimator", name, Names);

    private static int Samples(Settings s) => s.Int("samples", 1, 1, 10_000, "samples per example in training");

    private static Schedule Temperature(Settings s) => ScheduleRange.Read(s, "temperature", 0.5, "temperature of the relaxation", ScheduleRange.Positive);
}
