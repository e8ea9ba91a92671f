using Heaviside.Structured;

namespace Heaviside.Distributions;

/// <summary>Every law with an example of it, which the law tests read: a new law is one file and one line here.</summary>
public static class DistributionCatalog
{
    /// <summary>All laws.</summary>
    public static IReadOnlyList<DistributionEntry> All { get; } =
    [
        new("bernoulli", x => new Bernoulli(x)),
        new("one-hot-categorical", x => new OneHotCategorical(x)),
        new("relaxed-bernoulli", x => new RelaxedBernoulli(x, 0.7)),
        new("relaxed-one-hot-categorical", x => new RelaxedOneHotCategorical(x, 0.7)),
        new("logistic", x => new Logistic(x, x.softplus())),
        new("gumbel", x => new Gumbel(x, x.softplus())),
        new("uniform", x => new Uniform(x, x + x.softplus()), SupportMoves: true),
        new("normal", x => new Normal(x, x.softplus())),
        new("independent", x => new Independent<Normal>(new Normal(x, x.softplus()), 1)),
        new("gibbs-bits", x => Dependent(x.flatten(0, -2))),
        new("gibbs-structure", x => new GibbsStructure(x.flatten(0, -2), new SpanningTree())),
        new("perturbed-structure", x => new PerturbedStructure(x.flatten(0, -2), new SpanningTree()), HasLogProb: false),
        new("stochastic-chain", x => TwoLayers(x.flatten(0, -2))),
    ];

    private static GibbsBits Dependent(Tensor x) => new(x, BitPairs.Products(x) - 0.5, new ExhaustiveSearch());

    private static StochasticChain TwoLayers(Tensor x) =>
        new(new Bernoulli(x), new StochasticLayer(x.size(-1), b => new Bernoulli(x * ((2 * b) - 1))));
}
