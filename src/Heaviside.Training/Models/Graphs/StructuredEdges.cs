using Heaviside.Bounds;
using Heaviside.Distributions;
using Heaviside.Networks.Graphs;
using Heaviside.Structured;

namespace Heaviside.Models.Graphs;

/// <summary>The undirected edges of a graph of a structure, such as a tree: one bit for each pair of objects.</summary>
/// <remarks>The encoder has one output for each ordered pair; the score of an edge is the mean of both directions. The decoder sees two types: no edge, and edge.</remarks>
/// <param name="pairs">The ordered pairs.</param>
/// <param name="structure">Which graphs there are.</param>
internal abstract class StructuredEdges(ObjectPairs pairs, SummableStructure structure) : EdgeLatents
{
    // The place of a pair among the unordered ones.
    private readonly long[] places = [.. pairs.Receivers.Zip(pairs.Senders, (i, j) => (long)BitPairs.Index((int)Math.Min(i, j), (int)Math.Max(i, j), pairs.Objects))];

    /// <inheritdoc/>
    internal override int Outputs => 1;

    /// <inheritdoc/>
    internal override int Types => 2;

    /// <inheritdoc/>
    internal override long[] Shape => [pairs.Count / 2];

    /// <summary>Which graphs there are.</summary>
    protected SummableStructure Structure => structure;

    /// <inheritdoc/>
    internal override Tensor OneHot(Tensor points)
    {
        var edges = points.index_select(-1, Places(points));
        return torch.stack([1 - edges, edges], -1);
    }

    /// <inheritdoc/>
    internal override Tensor Mode(DiscreteDistribution law) => structure.Maximize(Scores(law).detach());

    /// <inheritdoc/>
    internal override Tensor Probabilities(DiscreteDistribution law) => structure.Marginals(Scores(law));

    /// <summary>The scores of unordered pairs, <c>[B, N]</c>, from the encoder's outputs <c>[B, E, 1]</c>.</summary>
    protected Tensor Symmetric(Tensor outputs)
    {
        var sums = torch.zeros([outputs.size(0), Shape[0]], outputs.dtype, outputs.device);
        return sums.index_add(1, Places(outputs), outputs.squeeze(-1), 1) / 2;
    }

    /// <summary>The scores of a law.</summary>
    protected static Tensor Scores(DiscreteDistribution law) => ((IHasLogits)law).Logits;

    private Tensor Places(Tensor like) => torch.tensor(places, device: like.device);
}

/// <summary>The graph with the largest sum of scores and Gumbel noise.</summary>
/// <param name="pairs">The ordered pairs.</param>
/// <param name="structure">Which graphs there are.</param>
internal sealed class PerturbedEdges(ObjectPairs pairs, SummableStructure structure) : StructuredEdges(pairs, structure)
{
    // Of the code that is published with arXiv:2006.08063.
    private const double Range = 15;

    /// <inheritdoc/>
    internal override Prior Prior => Prior.Gumbel();

    /// <inheritdoc/>
    internal override DiscreteDistribution Law(Tensor outputs) => new PerturbedStructure(Symmetric(outputs), Structure) { Range = Range };

    // It has a Gumbel variable for each ordered pair.
    /// <inheritdoc/>
    internal override Tensor PublishedDivergence(DiscreteDistribution law) => Prior.Gumbel(times: 2).Divergence(law)!();

    // The latent variables are the scores with their noise, of which the graph is a function: q and p of them are Gumbel laws at the scores and at 0.
    /// <inheritdoc/>
    internal override Tensor LogWeights(Elbo bound, DiscreteDistribution law, Func<Tensor, Tensor> logLikelihood, int samples, Generator rng)
    {
        var perturbed = (PerturbedStructure)law;
        var noise = perturbed.Noise([samples], rng);
        var z = perturbed.Perturb(noise);
        return logLikelihood(perturbed.Threshold(z)) + (noise + (-noise).exp() - z - (-z).exp()).sum(-1);
    }
}

/// <summary>A graph with a probability proportional to the exponential of its sum of scores.</summary>
/// <param name="pairs">The ordered pairs.</param>
/// <param name="structure">Which graphs there are.</param>
internal sealed class GibbsEdges(ObjectPairs pairs, SummableStructure structure) : StructuredEdges(pairs, structure)
{
    /// <inheritdoc/>
    internal override Prior Prior => Prior.Uniform;

    /// <inheritdoc/>
    internal override DiscreteDistribution Law(Tensor outputs) => new GibbsStructure(Symmetric(outputs), Structure);

    /// <inheritdoc/>
    internal override Tensor PublishedDivergence(DiscreteDistribution law) => -((GibbsStructure)law).Entropy();
}
