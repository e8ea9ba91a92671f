using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>Every estimator: a new one is one file and one entry here. Tests, benchmarks, the command line and the documentation read this list.</summary>
public static class EstimatorCatalog
{
    /// <summary>All estimators.</summary>
    public static IReadOnlyList<EstimatorEntry> All { get; } =
    [
        new("enumeration", "the exact gradient, a sum over all values", LatentKinds.Any, "K^N", "exact", (_, _) => new Enumeration()),
        new("reinforce", "score function; several baselines", LatentKinds.Any, "S", "doi:10.1007/BF00992696", Reinforce.Create),
        new("nvil", "score function; learned, input-dependent baseline", LatentKinds.Any, "S", "arXiv:1402.0030", Nvil.Create),
        new("normalized-nvil", "the same, the signal divided by its deviation", LatentKinds.Any, "S", "arXiv:1402.0030", NormalizedNvil.Create),
        new("simple-muprop", "score function; f at the mean field as baseline", LatentKinds.Any, "S + 1", "arXiv:1703.07370", SimpleMuProp.Create),
        new("muprop", "score function; f's Taylor expansion at the mean field", LatentKinds.Any, "S + 1", "arXiv:1511.05176", MuProp.Create),
        new("rebar", "score function; f at relaxed samples as control variate", LatentKinds.Any, "(n + 1) S", "arXiv:1703.07370", Rebar.Create),
        new("rebar-single-coupling", "REBAR with one relaxed pass for all layers", LatentKinds.Any, "2 S", "arXiv:1703.07370", SingleCouplingRebar.Create),
        new("rebar-released-code", "REBAR as its released code computes it, for comparison", LatentKinds.Any, "(n + 1) S", "arXiv:1703.07370", ReleasedCodeRebar.Create),
        new("rebar-q-function", "REBAR with a learned prediction of f in place of relaxed passes", LatentKinds.Any, "S", "arXiv:1703.07370", QFunctionRebar.Create),
        new("relax", "score function; f at relaxed samples and a network as control variate", LatentKinds.Any, "(n + 1) S", "arXiv:1711.00123", Relax.Create),
        new("relax-black-box", "score function; a network as control variate", LatentKinds.Any, "S", "arXiv:1711.00123", BlackBoxRelax.Create),
        new("gumbel-softmax", "relaxed samples, pathwise gradient", LatentKinds.Any, "S", "arXiv:1611.01144", (s, _) => new GumbelSoftmax { Temperature = Temperature(s), Samples = Samples(s) }),
        new("straight-through-gumbel-softmax", "hard samples forward, relaxed ones backward", LatentKinds.Any, "S", "arXiv:1611.01144", (s, _) => new StraightThroughGumbelSoftmax { Temperature = Temperature(s), Samples = Samples(s) }),
        new("straight-through", "hard samples forward, probabilities backward", LatentKinds.Any, "S", "arXiv:1308.3432", (s, _) => new StraightThrough { Samples = Samples(s) }),
        new("straight-through-logit", "hard samples forward, logits backward", LatentKinds.Any, "S", "arXiv:1308.3432", (s, _) => new StraightThroughLogit { Samples = Samples(s) }),
        new("straight-through-threshold", "the mode forward, probabilities backward", LatentKinds.Any, "1", "arXiv:1602.02830", (_, _) => new StraightThroughThreshold()),
        new("darn", "1/2-estimator: straight-through by the trapezoid rule", LatentKinds.Bits, "S", "arXiv:1310.8499", (s, _) => new Darn { Samples = Samples(s) }),
        new("reinmax", "the trapezoid rule for categories", LatentKinds.Any, "S", "arXiv:2304.08612", ReinMax.Create),
        new("foust", "one bit at a time, between its values; a reconstruction", LatentKinds.Bits, "S (N + 1)", "arXiv:2110.03549", (s, _) => new Foust { Samples = Samples(s) }),
        new("gumbel-rao", "straight-through Gumbel-Softmax, averaged over relaxations backward", LatentKinds.Any, "S", "arXiv:2010.04838", GumbelRao.Create),
        new("decoupled-straight-through-gumbel-softmax", "hard samples forward, a law at another temperature backward", LatentKinds.Any, "S", "arXiv:2410.13331", (s, _) => new DecoupledStraightThroughGumbelSoftmax { Temperature = Temperature(s), Samples = Samples(s) }),
        new("gapped-straight-through", "hard samples forward, logits moved to agree with them backward", LatentKinds.Any, "S", "arXiv:2206.07235", GappedStraightThrough.Create),
        new("arm", "f at antithetic pairs, weighted with their noise", LatentKinds.Bits, "2 S per layer", "arXiv:1807.11143", (s, _) => new Arm { Samples = Samples(s) }),
        new("disarm", "ARM averaged over its noise given the pair (also U2G)", LatentKinds.Bits, "2 S per layer", "arXiv:2006.10680", (s, _) => new DisArm { Samples = Samples(s) }),
        new("arms", "leave-one-out REINFORCE on mutually antithetic samples", LatentKinds.Bits, "S per layer", "arXiv:2105.14141", (s, _) => new Arms { Samples = Samples(s, 4, least: 2) }),
        new("arsm", "ARM for categories, by swapping their noise", LatentKinds.Categories, "S (K (K - 1) / 2 + 1) per layer", "arXiv:1905.01413", (s, _) => new Arsm { Samples = Samples(s) }),
        new("carms", "ARMS for categories, by stick-breaking", LatentKinds.Categories, "S per layer", "arXiv:2110.14002", (s, _) => new Carms { Samples = Samples(s, 4, least: 2) }),
        new("direct", "two argmaxes of the same noise, one drawn towards f", LatentKinds.Any, "S (N (K - 1) + 1)", "arXiv:1806.02867", DirectOptimization.Create),
        new("direct-two-sided", "the same, drawn towards f and away from it", LatentKinds.Any, "S (N (K - 1) + 1)", "arXiv:1806.02867", TwoSidedDirectOptimization.Create),
        new("gumbolt", "relaxed samples in the bound of S samples together", LatentKinds.Any, "S", "arXiv:1805.07349", GumBolt.Create),
        new("vimco", "gradient of the bound of S samples together", LatentKinds.Any, "S", "arXiv:1602.06725", Vimco.Create),
    ];

    /// <summary>All names, in the catalogue's order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(e => e.Name)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="InputException">There is none; the message suggests the nearest.</exception>
    public static EstimatorEntry Find(string name) =>
        All.FirstOrDefault(e => e.Name == name) ?? throw Suggestion.Unknown("estimator", name, Names);

    private static int Samples(Settings s, int standard = 1, int least = 1) => SamplingEstimator.ReadSamples(s, standard, least);

    private static Schedule Temperature(Settings s) => RelaxingEstimator.ReadTemperature(s);
}
