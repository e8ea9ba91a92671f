using Heaviside.Bounds;
using Heaviside.Distributions;

namespace Heaviside.Models.Graphs;

/// <summary>What kind of latent variables the edges are: the law that an encoder's outputs stand for, its prior, and types of edges as the decoder sees them.</summary>
internal abstract class EdgeLatents
{
    /// <summary>How many outputs the encoder has for each ordered pair.</summary>
    internal abstract int Outputs { get; }

    /// <summary>How many types of edges the decoder sees, K.</summary>
    internal abstract int Types { get; }

    /// <summary>The shape of an example's latent variables.</summary>
    internal abstract long[] Shape { get; }

    /// <summary>p(edges).</summary>
    internal abstract Prior Prior { get; }

    /// <summary>The law of the edges.</summary>
    /// <param name="outputs">Of the encoder, <c>[B, E, Outputs]</c>.</param>
    internal abstract DiscreteDistribution Law(Tensor outputs);

    /// <summary>Types as the decoder sees them: points <c>[..., Shape]</c> of the law to <c>[..., E, K]</c>.</summary>
    internal abstract Tensor OneHot(Tensor points);

    /// <summary>The most probable point, <c>[B, Shape]</c>, without a gradient.</summary>
    internal abstract Tensor Mode(DiscreteDistribution law);

    /// <summary>How probable each value is, <c>[B, Shape]</c>, without a gradient.</summary>
    internal abstract Tensor Probabilities(DiscreteDistribution law);

    /// <summary>The divergence as published codes have it, <c>[B]</c>: without what does not depend on the encoder.</summary>
    internal abstract Tensor PublishedDivergence(DiscreteDistribution law);

    /// <summary>The logarithms of the importance weights of samples, <c>[S, B]</c> in nats.</summary>
    internal virtual Tensor LogWeights(Elbo bound, DiscreteDistribution law, Func<Tensor, Tensor> logLikelihood, int samples, Generator rng) => bound.LogWeights(samples, rng);
}

/// <summary>Each ordered pair has a type of its own, one of K.</summary>
/// <param name="pairs">How many ordered pairs there are.</param>
/// <param name="types">K.</param>
/// <param name="noEdge">The prior probability of type 0, of which the other types share the rest; 0: all have the same.</param>
internal sealed class CategoricalEdges(int pairs, int types, double noEdge) : EdgeLatents
{
    /// <inheritdoc/>
    internal override int Outputs => types;

    /// <inheritdoc/>
    internal override int Types => types;

    /// <inheritdoc/>
    internal override long[] Shape => [pairs, types];

    /// <inheritdoc/>
    internal override Prior Prior => noEdge == 0 ? Prior.Uniform : Prior.Factorial(Sparse());

    /// <inheritdoc/>
    internal override DiscreteDistribution Law(Tensor outputs) => new OneHotCategorical(outputs);

    /// <inheritdoc/>
    internal override Tensor OneHot(Tensor points) => points;

    /// <inheritdoc/>
    internal override Tensor Mode(DiscreteDistribution law) => ((OneHotCategorical)law).Mode();

    /// <inheritdoc/>
    internal override Tensor Probabilities(DiscreteDistribution law) => ((OneHotCategorical)law).Mean;

    /// <inheritdoc/>
    internal override Tensor PublishedDivergence(DiscreteDistribution law) =>
        noEdge == 0 ? -((OneHotCategorical)law).Entropy().sum([-1]) : Prior.Divergence(law)!();

    private OneHotCategorical Sparse()
    {
        double[] probs = [noEdge, .. Enumerable.Repeat((1 - noEdge) / (types - 1), types - 1)];
        return OneHotCategorical.FromProbs(torch.tensor(probs, ScalarType.Float32).expand(pairs, types));
    }
}
