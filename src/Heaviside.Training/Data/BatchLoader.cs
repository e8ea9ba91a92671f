using System.Collections.Concurrent;
using Heaviside.Numerics;

namespace Heaviside.Data;

/// <summary>Cuts examples into batches, the last of an epoch shorter where they do not come out even.</summary>
/// <remarks>The batch at (epoch, index) is a pure function of (seed, epoch, index).</remarks>
public sealed class BatchLoader : IBatchSource
{
    private readonly Examples examples;
    private readonly ulong seed;
    private readonly bool isShuffled;
    private readonly ConcurrentBag<NamedArrays> pool = [];
    private volatile EpochOrder? last;

    private BatchLoader(Examples examples, int batchSize, ulong seed, bool isShuffled)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (this.examples, BatchSize, this.seed, this.isShuffled) = (examples, batchSize, seed, isShuffled);
    }

    /// <summary>Examples a batch.</summary>
    public int BatchSize { get; }

    /// <inheritdoc/>
    public int Count => examples.Count;

    /// <inheritdoc/>
    public int BatchesPerEpoch => ((Count - 1) / BatchSize) + 1;

    /// <summary>For training: each epoch has every example once, in an order of its own.</summary>
    /// <param name="examples">What to cut into batches.</param>
    /// <param name="batchSize">Examples a batch, at least 1.</param>
    /// <param name="seed">Decides the order and what is drawn anew.</param>
    public static BatchLoader Shuffled(Examples examples, int batchSize, ulong seed) => new(examples, batchSize, seed, isShuffled: true);

    /// <summary>For evaluation: each epoch has every example once, in their own order.</summary>
    /// <param name="examples">What to cut into batches.</param>
    /// <param name="batchSize">Examples a batch, at least 1.</param>
    /// <param name="seed">Decides what is drawn anew.</param>
    public static BatchLoader InOrder(Examples examples, int batchSize, ulong seed) => new(examples, batchSize, seed, isShuffled: false);

    /// <inheritdoc/>
    public Batch At(int epoch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, BatchesPerEpoch);
        var start = index * BatchSize;
        var count = Math.Min(BatchSize, Count - start);
        var isFull = count == BatchSize;
        var order = isShuffled ? Order(epoch) : null;
        var arrays = examples.Take(count, i => order?[start + i] ?? start + i, seed, epoch, isFull && pool.TryTake(out var used) ? used : null);
        return new(arrays, epoch, index, isFull ? pool : null);
    }

    // Batches of one epoch are mostly asked for one after the other.
    private int[] Order(int epoch)
    {
        if (last is { } order && order.Epoch == epoch) return order.Examples;
        var now = new EpochOrder(epoch, new SplitMix64(seed, RandomPurpose.Order, epoch).Permutation(Count));
        last = now;
        return now.Examples;
    }

    private sealed record EpochOrder(int Epoch, int[] Examples);
}
