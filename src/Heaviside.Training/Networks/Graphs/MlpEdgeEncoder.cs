namespace Heaviside.Networks.Graphs;

/// <summary>An encoder that sees all frames of an object at once.</summary>
/// <remarks>Objects, pairs, objects and pairs again, the last with what was known of the pair before. Reference: Kipf et al. 2018, arXiv:1802.04687, equations 5 to 8.</remarks>
internal sealed class MlpEdgeEncoder : EdgeEncoder
{
    private readonly ObjectBlock objects, objectsAgain;
    private readonly PairBlock pairs, pairsAgain;

    /// <summary>An encoder with random initial weights.</summary>
    internal MlpEdgeEncoder(ObjectPairs pairs, int frames, int features, int hidden, int outputs, Generator rng)
        : base(pairs, hidden, outputs, rng)
    {
        objects = this.AddModule(nameof(objects), new ObjectBlock((long)frames * features, hidden, rng));
        this.pairs = this.AddModule(nameof(pairs), new PairBlock(pairs, hidden, pairWidth: 0, hidden, rng));
        objectsAgain = this.AddModule(nameof(objectsAgain), new ObjectBlock(hidden, hidden, rng));
        pairsAgain = this.AddModule(nameof(pairsAgain), new PairBlock(pairs, hidden, pairWidth: hidden, hidden, rng));
    }

    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x)
    {
        var known = pairs.Of(objects.Of(x.flatten(2)));
        return pairsAgain.Of(objectsAgain.Of(ToObjects(known)), known);
    }
}
