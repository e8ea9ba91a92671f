using Heaviside.Distributions;
using Heaviside.Structured;

namespace Aborts.Tests.Cases;

/// <summary>Points, noise and scores of shapes that do not fit a law.</summary>
internal static class LawMistakes
{
    internal static IReadOnlyList<Mistake> All { get; } =
    [
        new("bernoulli: points of another width", () => Bits().JointLogProb(torch.zeros(1, 2, 4)), "ArgumentException", "[S, 2, 3]", "[1, 2, 4]"),
        new("bernoulli: points of another batch", () => Bits().JointLogProb(torch.zeros(1, 5, 3)), "[S, 2, 3]", "[1, 5, 3]"),
        new("bernoulli: a number", () => Bits().JointLogProb(torch.zeros([])), "[S, 2, 3]", "[]"),
        new("bernoulli: noise of another width", () => Bits().Perturb(torch.zeros(2, 4)), "noise", "[..., 2, 3]", "[2, 4]"),
        new("bernoulli: b of another width", () => Bits().PerturbGiven(torch.zeros(2, 4), torch.zeros(2, 4)), "b: ", "[..., 2, 3]", "[2, 4]"),
        new("bernoulli: a shift of another width", () => Bits().Maximize(torch.zeros(2, 4))),
        new("bernoulli: a negative number of samples", () => Bits().Sample([-1], Rng())),
        new("normal noise: a negative size", () => Noise.Normal([2, -1], torch.zeros(2), Rng())),
        new("uniform noise: a negative size", () => Noise.Uniform([-1], torch.zeros(2), Rng())),
        new("gumbel noise: a negative size", () => Noise.Gumbel([-1], torch.zeros(2), Rng())),
        new("logistic noise in double precision: a negative size", () => Noise.Logistic([-1], torch.zeros(2, torch.float64), Rng())),
        new("categorical: points of another class count", () => Categories().JointLogProb(torch.zeros(1, 2, 3, 5)), "[S, 2, 3, 4]", "[1, 2, 3, 5]"),
        new("categorical: noise of another class count", () => Categories().Perturb(torch.zeros(2, 3, 5)), "noise", "[..., 2, 3, 4]", "[2, 3, 5]"),
        new("categorical: logits of no dimension", () => new OneHotCategorical(torch.zeros([])).Sample([1], Rng())),
        new("categorical: no class", () => new OneHotCategorical(torch.zeros(2, 0)).Sample([1], Rng())),
        new("relaxed bernoulli: noise of another width", () => new RelaxedBernoulli(torch.zeros(2, 3), 0.5).Transform(torch.zeros(2, 4)), "noise", "[..., 2, 3]", "[2, 4]"),
        new("relaxed bernoulli: no temperature", () => new RelaxedBernoulli(torch.zeros(2, 3), 0), "temperature"),
        new("relaxed bernoulli: points of another width", () => new RelaxedBernoulli(torch.zeros(2, 3), 0.5).LogProb(torch.zeros(2, 4)), "[..., 2, 3]", "[2, 4]"),
        new("relaxed categorical: points of another class count", () => new RelaxedOneHotCategorical(torch.zeros(2, 3), 0.5).LogProb(torch.zeros(2, 4)), "[..., 2, 3]", "[2, 4]"),
        new("divergence: laws of other shapes", () => KullbackLeibler.Divergence(Bits(), new Bernoulli(torch.zeros(2, 4))), "[2, 3]", "[2, 4]"),
        new("chain: a layer of another width", () => Chain(2).Sample([2], Rng()), "layer 2", "[2, 2, 4]"),
        new("chain: a layer whose map does not fit", () => Misfit().Sample([2], Rng())),
        new("chain: points of another width", () => Chain(4).JointLogProb(torch.zeros(2, 2, 6)), "[S, 2, 7]", "[2, 2, 6]"),
        new("enumeration: too many values", () => new Bernoulli(torch.zeros(1, 60)).Enumerate(), "too many"),
        new("gibbs bits: scores of a wrong number of pairs", () => new GibbsBits(torch.zeros(2, 3), torch.zeros(2, 4), new ExhaustiveSearch()), "pairwise", "[2, 3]", "[2, 4]"),
        new("gibbs bits: points of another width", () => new GibbsBits(torch.zeros(2, 3), null, new ExhaustiveSearch()).JointLogProb(torch.zeros(1, 2, 4)), "[1, 2, 4]"),
        new("gibbs bits: scores of two types", () => new GibbsBits(torch.zeros(2, 3), torch.zeros([2, 3], ScalarType.Float64), new ExhaustiveSearch()).Entropy()),
        new("oracle: scores of a wrong number of pairs", () => new ExhaustiveSearch().Maximize(torch.zeros(2, 3), torch.zeros(2, 5)), "pairwise", "[2, 3]", "[2, 5]"),
        new("oracle: a score that is no number", () => new ExhaustiveSearch().Maximize(torch.full([2, 3], double.NaN)), "unary", "finite"),
    ];

    internal static Generator Rng() => new(1);

    private static Bernoulli Bits() => new(torch.zeros(2, 3));

    private static OneHotCategorical Categories() => new(torch.zeros(2, 3, 4));

    private static StochasticChain Chain(long given) =>
        new(Bits(), new StochasticLayer(4, below => new Bernoulli(below.sum(-1, keepdim: true).expand(-1, -1, given))));

    private static StochasticChain Misfit() => new(Bits(), new StochasticLayer(4, torch.nn.Linear(5, 4) is var map ? b => new Bernoulli(map.call(b)) : null!));
}
