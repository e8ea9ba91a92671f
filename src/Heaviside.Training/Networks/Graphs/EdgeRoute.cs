namespace Heaviside.Networks.Graphs;

/// <summary>The edges of one type, over which messages go from senders to receivers.</summary>
internal abstract class EdgeRoute
{
    /// <summary>The sender of each edge, its index among the objects of all examples.</summary>
    internal abstract long[] Senders { get; }

    /// <summary>The receiver of each edge.</summary>
    internal abstract long[] Receivers { get; }

    /// <summary>The weight of each edge, <c>[edges]</c>.</summary>
    internal abstract Tensor Weights { get; }

    /// <summary>The sum of what the receiver and the sender of each edge have: twice <c>[R, n, S, H]</c>, to one row <c>[S, H]</c> for each edge.</summary>
    internal abstract Tensor Join(Tensor receivers, Tensor senders);

    /// <summary>The sum of the messages that each object receives, <c>[R, n, S, H]</c>.</summary>
    /// <param name="messages">One row <c>[S, H]</c> for each edge.</param>
    internal abstract Tensor SumToReceivers(Tensor messages);

    /// <summary>The routes of the types of edges.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="edges">One-hot or relaxed types, <c>[R, E, K]</c>.</param>
    /// <param name="first">The first type that has messages.</param>
    /// <remarks>Where types are hard, and nobody asks for their gradient, an edge is on the route of its own type alone; otherwise all are on all, with a weight.</remarks>
    internal static IReadOnlyList<EdgeRoute> Of(ObjectPairs pairs, Tensor edges, int first)
    {
        var chosen = IsChosen(edges);
        return [.. Enumerable.Range(first, (int)edges.size(-1) - first).Select(EdgeRoute (k) =>
            chosen ? new ChosenEdges(pairs, edges.select(-1, k)) : new WeightedEdges(pairs, edges.select(-1, k)))];
    }

    private static bool IsChosen(Tensor edges)
    {
        if (edges.requires_grad) return false;
        using var scope = torch.NewDisposeScope();
        return (edges * (1 - edges)).count_nonzero().ToInt64() == 0;
    }
}

/// <summary>All pairs, each with a weight.</summary>
/// <param name="pairs">The pairs.</param>
/// <param name="weights">Shape <c>[R, E]</c>.</param>
internal sealed class WeightedEdges(ObjectPairs pairs, Tensor weights) : EdgeRoute
{
    /// <inheritdoc/>
    internal override long[] Senders => field ??= OfAll(pairs.Senders);

    /// <inheritdoc/>
    internal override long[] Receivers => field ??= OfAll(pairs.Receivers);

    /// <inheritdoc/>
    internal override Tensor Weights => weights.flatten();

    /// <inheritdoc/>
    internal override Tensor Join(Tensor receivers, Tensor senders) => pairs.Join(receivers, senders);

    // A product with the weights of the n - 1 pairs of a receiver, which lie side by side.
    /// <inheritdoc/>
    internal override Tensor SumToReceivers(Tensor messages)
    {
        var others = pairs.Objects - 1;
        var sums = weights.reshape([-1, 1, others]).bmm(messages.reshape([-1, others, messages.size(-2) * messages.size(-1)]));
        return sums.view([messages.size(0), pairs.Objects, .. messages.shape[^2..]]);
    }

    private long[] OfAll(long[] objects) => [.. from row in Enumerable.Range(0, (int)weights.size(0)) from i in objects select (row * pairs.Objects) + i];
}

/// <summary>Some of the pairs.</summary>
internal sealed class ChosenEdges : EdgeRoute
{
    private readonly long objects, rows;
    private readonly Tensor from, to; // senders and receivers

    /// <summary>Those pairs whose weight is not 0.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="weights">Shape <c>[R, E]</c>, 0 or 1.</param>
    internal ChosenEdges(ObjectPairs pairs, Tensor weights)
    {
        (objects, rows) = (pairs.Objects, weights.size(0));
        using var scope = torch.NewDisposeScope();
        var places = weights.nonzero().cpu().data<long>().ToArray();
        Weights = scope.MoveToOuter(torch.ones([places.Length / 2], weights.dtype, weights.device));
        (Senders, Receivers) = (new long[places.Length / 2], new long[places.Length / 2]);
        for (var e = 0; e < Senders.Length; e++)
        {
            var (row, pair) = (places[2 * e] * pairs.Objects, places[(2 * e) + 1]);
            (Senders[e], Receivers[e]) = (row + pairs.Senders[pair], row + pairs.Receivers[pair]);
        }

        (from, to) = (scope.MoveToOuter(torch.tensor(Senders, device: weights.device)), scope.MoveToOuter(torch.tensor(Receivers, device: weights.device)));
    }

    /// <inheritdoc/>
    internal override long[] Senders { get; }

    /// <inheritdoc/>
    internal override long[] Receivers { get; }

    /// <inheritdoc/>
    internal override Tensor Weights { get; }

    /// <inheritdoc/>
    internal override Tensor Join(Tensor receivers, Tensor senders) => receivers.flatten(0, 1).index_select(0, to) + senders.flatten(0, 1).index_select(0, from);

    /// <inheritdoc/>
    internal override Tensor SumToReceivers(Tensor messages)
    {
        var zeros = torch.zeros([rows * objects, .. messages.shape[^2..]], messages.dtype, messages.device);
        return zeros.index_add(0, to, messages, 1).view([rows, objects, .. messages.shape[^2..]]);
    }
}
