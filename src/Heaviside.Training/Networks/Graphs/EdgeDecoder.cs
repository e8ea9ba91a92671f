namespace Heaviside.Networks.Graphs;

/// <summary>From the frame of objects that is seen, and the types of their pairs, to the frames that follow.</summary>
/// <remarks>Each type of edges has a network of its own for messages from senders to receivers; an object moves by what it has and what it receives.
/// Reference: Kipf et al. 2018, arXiv:1802.04687, sections 3.2 to 3.5.</remarks>
internal abstract class EdgeDecoder : Component
{
    private readonly int first;

    /// <summary>A decoder.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="isFirstSilent">Whether the first type of edges has no messages.</param>
    private protected EdgeDecoder(ObjectPairs pairs, bool isFirstSilent)
        : base(nameof(EdgeDecoder)) => (Pairs, first) = (pairs, isFirstSilent ? 1 : 0);

    /// <summary>The pairs.</summary>
    private protected ObjectPairs Pairs { get; }

    /// <summary>The frames after the first, <c>[R, n, T-1, D]</c>, as they are predicted.</summary>
    /// <param name="x">Trajectories, of which the frames are read that the rollout sees: <c>[R, n, ..., D]</c>.</param>
    /// <param name="edges">One-hot or relaxed types of the pairs, <c>[R, E, K]</c>.</param>
    /// <param name="rollout">Where predictions start.</param>
    internal Tensor Predict(Tensor x, Tensor edges, Rollout rollout) => Predict(x, EdgeRoute.Of(Pairs, edges, first), rollout);

    /// <summary>The frames after the first.</summary>
    private protected abstract Tensor Predict(Tensor x, IReadOnlyList<EdgeRoute> routes, Rollout rollout);

    /// <summary>Adds the networks of the types of edges that have messages.</summary>
    private protected TNetwork[] OfEachType<TNetwork>(int types, Func<TNetwork> create)
        where TNetwork : torch.nn.Module => [.. Enumerable.Range(first, types - first).Select(k => this.AddModule($"messages{k}", create()))];
}
