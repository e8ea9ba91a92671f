using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Models;

/// <summary>A model whose latent variables are layers of bits, b_1 to b_n, each drawn given the one before: q(b_1 | x) q(b_2 | b_1) ...</summary>
/// <remarks>The objective is E_q of a log-weight, so that every estimator applies, those of multi-sample bounds included.</remarks>
public abstract class BeliefNetwork : DiscreteLatentModel
{
    private readonly IReadOnlyList<int> layers;

    /// <summary>A network of layers of the given widths.</summary>
    /// <param name="layers">Bits of b_1, b_2, ..., at least one layer.</param>
    protected BeliefNetwork(IReadOnlyList<int> layers) =>
        this.layers = layers.Count > 0 ? layers : throw new ArgumentException("layers: expected at least one, got none");

    /// <inheritdoc/>
    public sealed override IReadOnlyList<long[]> LatentLayers => [.. layers.Select(n => (long[])[n])];

    /// <summary>The law of the bits given images <c>[B, D]</c>.</summary>
    public abstract StochasticChain Law(Tensor x);

    /// <inheritdoc/>
    public sealed override TrainingObjective Objective(Tensor x, GradientEstimator estimator, Generator rng)
    {
        var q = Law(x);
        var f = new LogWeightObjective(b => LogWeight(x, q, b), Context(x), LogitParameters);
        return TrainingObjective.Of(estimator.Estimate(q.Layers == 1 ? q.First : q, f, rng));
    }

    /// <inheritdoc/>
    public sealed override Tensor Elbo(Tensor x, Generator rng) => LogWeights(x, 1, rng)[0];

    /// <inheritdoc/>
    public sealed override Tensor LogWeights(Tensor x, int samples, Generator rng)
    {
        var q = Law(x);
        return LogWeight(x, q, q.Sample([samples], rng));
    }

    /// <summary>What a baseline sees of the images, shape <c>[B, ContextSize]</c>.</summary>
    protected abstract Tensor Context(Tensor x);

    /// <summary>The logarithm of the importance weight of points of <paramref name="q"/>, hard or relaxed, in nats.</summary>
    /// <param name="x">Images, shape <c>[B, D]</c>.</param>
    /// <param name="q">Their law of the bits.</param>
    /// <param name="points">Shape <c>[P, B, N_1 + ... + N_n]</c>.</param>
    /// <returns>Shape <c>[P, B]</c>.</returns>
    protected abstract Tensor LogWeight(Tensor x, StochasticChain q, Tensor points);

    /// <summary>Reads the settings layers and hidden.</summary>
    private protected static (IReadOnlyList<int> Layers, IReadOnlyList<int> Hidden) ReadLayers(Settings s)
    {
        const int MaxWidth = 100_000;
        var layers = s.IntList("layers", [200], 1, MaxWidth, "bits of each stochastic layer");
        if (layers.Count == 0) throw new InputException("setting 'layers' is empty, expected the width of one stochastic layer at least");
        return (layers, s.IntList("hidden", [], 1, MaxWidth, "widths of the tanh layers inside every map; none: linear"));
    }
}
