namespace Heaviside.Networks.Graphs;

/// <summary>The ordered pairs of n objects, edges of the complete graph, row by row over (receiver, sender): (0, 1), (0, 2), ..., (1, 0), (1, 2), ....</summary>
/// <remarks>What belongs to objects has shape <c>[R, n, ...]</c>, what belongs to pairs <c>[R, E, ...]</c> with E = n(n-1). Nothing is multiplied with matrices of
/// zeros and ones: senders are gathered, and the n - 1 pairs of a receiver lie side by side, so that they are summed as they lie.</remarks>
internal sealed class ObjectPairs
{
    /// <summary>The pairs of so many objects, 2 or more.</summary>
    internal ObjectPairs(int objects)
    {
        Objects = objects;
        Senders = [.. from receiver in Enumerable.Range(0, objects) from sender in Enumerable.Range(0, objects) where sender != receiver select (long)sender];
        Receivers = [.. Enumerable.Range(0, Count).Select(e => (long)(e / (objects - 1)))];
    }

    /// <summary>n.</summary>
    internal int Objects { get; }

    /// <summary>E = n(n-1).</summary>
    internal int Count => Objects * (Objects - 1);

    /// <summary>The sender of each pair.</summary>
    internal long[] Senders { get; }

    /// <summary>The receiver of each pair.</summary>
    internal long[] Receivers { get; }

    /// <summary>What the sender of each pair has: <c>[R, n, ...]</c> to <c>[R, E, ...]</c>.</summary>
    internal Tensor OfSenders(Tensor objects) => objects.index_select(1, torch.tensor(Senders, device: objects.device));

    /// <summary>The sum of what a pair's receiver and its sender have: twice <c>[R, n, ...]</c> to <c>[R, E, ...]</c>.</summary>
    internal Tensor Join(Tensor receivers, Tensor senders) => (ByReceiver(OfSenders(senders)) + receivers.unsqueeze(2)).flatten(1, 2);

    /// <summary>The sum over the pairs of each receiver: <c>[R, E, ...]</c> to <c>[R, n, ...]</c>.</summary>
    internal Tensor SumToReceivers(Tensor pairs) => ByReceiver(pairs).sum(2);

    /// <summary>Pairs by their receiver: <c>[R, E, ...]</c> to <c>[R, n, n-1, ...]</c>.</summary>
    internal Tensor ByReceiver(Tensor pairs) => pairs.reshape([pairs.size(0), Objects, Objects - 1, .. pairs.shape[2..]]);
}
