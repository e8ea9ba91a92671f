using Heaviside.Configuration;

namespace Heaviside.Estimators;

/// <summary>Every estimator: a new one is one file and one entry here. Tests, benchmarks, the command line and the documentation read this list.</summary>
public static class EstimatorCatalog
{
    /// <summary>All estimators.</summary>
    public static Catalog<EstimatorEntry> All { get; } = new("estimator",
    [
        new("enumeration", "the exact gradient, a sum over all values", LatentKinds.Any, "K^N", "exact", () => new Enumeration()),
        new("reinforce", "score function; several baselines", LatentKinds.Any, "S", "doi:10.1007/BF00992696", () => new Reinforce()),
        new("nvil", "score function; learned, input-dependent baseline", LatentKinds.Any, "S", "arXiv:1402.0030", () => new Nvil()),
        new("normalized-nvil", "the same, the signal divided by its deviation", LatentKinds.Any, "S", "arXiv:1402.0030", () => new NormalizedNvil()),
        new("simple-muprop", "score function; f at the mean field as baseline", LatentKinds.Any, "S + 1", "arXiv:1703.07370", () => new SimpleMuProp()),
        new("muprop", "score function; f's Taylor expansion at the mean field", LatentKinds.Any, "S + 1", "arXiv:1511.05176", () => new MuProp()),
        new("rebar", "score function; f at relaxed samples as control variate", LatentKinds.Any, "(n + 1) S", "arXiv:1703.07370", () => new Rebar()),
        new("rebar-single-coupling", "REBAR with one relaxed pass for all layers", LatentKinds.Any, "2 S", "arXiv:1703.07370", () => new SingleCouplingRebar()),
        new("rebar-released-code", "REBAR as its released code computes it, for comparison", LatentKinds.Any, "(n + 1) S", "arXiv:1703.07370", () => new ReleasedCodeRebar()),
        new("rebar-q-function", "REBAR with a learned prediction of f in place of relaxed passes", LatentKinds.Any, "S", "arXiv:1703.07370", () => new QFunctionRebar()),
        new("relax", "score function; f at relaxed samples and a network as control variate", LatentKinds.Any, "(n + 1) S", "arXiv:1711.00123", () => new Relax()),
        new("relax-black-box", "score function; a network as control variate", LatentKinds.Any, "S", "arXiv:1711.00123", () => new BlackBoxRelax()),
        new("gumbel-softmax", "relaxed samples, pathwise gradient", LatentKinds.Any, "S", "arXiv:1611.01144", () => new GumbelSoftmax()),
        new("straight-through-gumbel-softmax", "hard samples forward, relaxed ones backward", LatentKinds.Any, "S", "arXiv:1611.01144", () => new StraightThroughGumbelSoftmax()),
        new("straight-through", "hard samples forward, probabilities backward", LatentKinds.Any, "S", "arXiv:1308.3432", () => new StraightThrough()),
        new("straight-through-logit", "hard samples forward, logits backward", LatentKinds.Any, "S", "arXiv:1308.3432", () => new StraightThroughLogit()),
        new("straight-through-threshold", "the mode forward, probabilities backward", LatentKinds.Any, "1", "arXiv:1602.02830", () => new StraightThroughThreshold()),
        new("darn", "1/2-estimator: straight-through by the trapezoid rule", LatentKinds.Bits, "S", "arXiv:1310.8499", () => new Darn()),
        new("reinmax", "the trapezoid rule for categories", LatentKinds.Any, "S", "arXiv:2304.08612", () => new ReinMax()),
        new("foust", "one bit at a time, between its values; a reconstruction", LatentKinds.Bits, "S (N + 1)", "arXiv:2110.03549", () => new Foust()),
        new("gumbel-rao", "straight-through Gumbel-Softmax, averaged over relaxations backward", LatentKinds.Any, "S", "arXiv:2010.04838", () => new GumbelRao()),
        new("decoupled-straight-through-gumbel-softmax", "hard samples forward, a law at another temperature backward", LatentKinds.Any, "S", "arXiv:2410.13331", () => new DecoupledStraightThroughGumbelSoftmax()),
        new("gapped-straight-through", "hard samples forward, logits moved to agree with them backward", LatentKinds.Any, "S", "arXiv:2206.07235", () => new GappedStraightThrough()),
        new("arm", "f at antithetic pairs, weighted with their noise", LatentKinds.Bits, "2 S per layer", "arXiv:1807.11143", () => new Arm()),
        new("disarm", "ARM averaged over its noise given the pair (also U2G)", LatentKinds.Bits, "2 S per layer", "arXiv:2006.10680", () => new DisArm()),
        new("arms", "leave-one-out REINFORCE on mutually antithetic samples", LatentKinds.Bits, "S per layer", "arXiv:2105.14141", () => new Arms()),
        new("arsm", "ARM for categories, by swapping their noise", LatentKinds.Categories, "S (K (K - 1) / 2 + 1) per layer", "arXiv:1905.01413", () => new Arsm()),
        new("carms", "ARMS for categories, by stick-breaking", LatentKinds.Categories, "S per layer", "arXiv:2110.14002", () => new Carms()),
        new("direct", "two argmaxes of the same noise, one drawn towards f", LatentKinds.Any, "S (N (K - 1) + 1)", "arXiv:1806.02867", () => new DirectOptimization()),
        new("direct-two-sided", "the same, drawn towards f and away from it", LatentKinds.Any, "S (N (K - 1) + 1)", "arXiv:1806.02867", () => new TwoSidedDirectOptimization()),
        new("gumbolt", "relaxed samples in the bound of S samples together", LatentKinds.Any, "S", "arXiv:1805.07349", () => new GumBolt()),
        new("vimco", "gradient of the bound of S samples together", LatentKinds.Any, "S", "arXiv:1602.06725", () => new Vimco()),
    ]);
}
