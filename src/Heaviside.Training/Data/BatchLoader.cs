using System.Collections.Concurrent;
using Heaviside.Numerics;

namespace Heaviside.Data;

/// <summary>Cuts a set of images into batches, prepared ahead on a background thread.</summary>
/// <remarks>The batch at (epoch, index) is a pure function of (seed, epoch, index): to resume, remember that position alone.
/// <code>
/// foreach (Batch batch in new BatchLoader(data.Train, Binarization.Dynamic, batchSize: 100, seed: 1).From(epoch: 0, index: 0))
///     using (batch) Step(batch.Pixels, batch.Count);
/// </code></remarks>
public sealed class BatchLoader
{
    private readonly ImageSet images;
    private readonly Binarization binarization;
    private readonly ulong seed;
    private readonly ConcurrentBag<float[]> pool = [];

    /// <summary>A loader; its thread starts with an enumeration and ends with it.</summary>
    /// <param name="images">What to cut into batches.</param>
    /// <param name="binarization">What becomes of grey values.</param>
    /// <param name="batchSize">Images a batch, at least 1.</param>
    /// <param name="seed">Decides the order and the pixels that are drawn anew.</param>
    public BatchLoader(ImageSet images, Binarization binarization, int batchSize, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (this.images, this.binarization, BatchSize, this.seed) = (images, binarization, batchSize, seed);
    }

    /// <summary>Images a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether training leaves out an epoch's last batch when it is short; false by default.</summary>
    public bool DropLast { get; init; }

    /// <summary>The only images that batches are cut from, by their indices; null, the default: all. They are binarized as they are among all.</summary>
    public IReadOnlyList<int>? Only
    {
        get;
        init => field = value is not { Count: 0 } ? value : throw new ArgumentException("expected one image at least", nameof(Only));
    }

    /// <summary>Batches prepared in advance, 1 to 1000; 3 by default.</summary>
    public int Ahead
    {
        get;
        init => field = value is >= 1 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(Ahead), value, "expected 1 to 1000");
    } = 3;

    /// <summary>Batches that <see cref="From"/> gives an epoch.</summary>
    public int BatchesPerEpoch => DropLast ? Count / BatchSize : BatchesInOrder;

    private int BatchesInOrder => (Count - 1) / BatchSize + 1;

    private int Count => Only?.Count ?? this.images.Count;

    /// <summary>Training: batches without end from a position on, each epoch in an order of its own.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch in the epoch, from 0; <see cref="BatchesPerEpoch"/> means the next epoch's first.</param>
    /// <exception cref="InputException">The set has no full batch and <see cref="DropLast"/> is set.</exception>
    public IEnumerable<Batch> From(int epoch = 0, int index = 0)
    {
        if (BatchesPerEpoch == 0)
            throw new InputException($"batch size {BatchSize} leaves nothing of {Count} images when short batches are dropped: choose a smaller one");
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, BatchesPerEpoch);
        return Prefetch.Ahead(Endless(epoch, index), Ahead);
    }

    /// <summary>One batch of <see cref="From"/>, prepared now: for who goes through the batches a few steps apart.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch in the epoch, from 0 to one less than <see cref="BatchesPerEpoch"/>.</param>
    public Batch At(int epoch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, BatchesPerEpoch);
        return Prepare(Order(epoch), epoch, index);
    }

    /// <summary>Evaluation: every image once, in the set's order, a short last batch included.</summary>
    public IEnumerable<Batch> InOrder() =>
        Prefetch.Ahead(Enumerable.Range(0, BatchesInOrder).Select(index => Prepare(order: null, epoch: 0, index)), Ahead);

    private IEnumerable<Batch> Endless(int epoch, int index)
    {
        for (; ; epoch++, index = 0)
        {
            var order = Order(epoch);
            for (; index < BatchesPerEpoch; index++) yield return Prepare(order, epoch, index);
        }
    }

    private int[] Order(int epoch) => new SplitMix64(this.seed, RandomPurpose.Order, epoch).Permutation(Count);

    private Batch Prepare(int[]? order, int epoch, int index)
    {
        int start = index * BatchSize, size = this.images.ImageSize;
        var count = Math.Min(BatchSize, Count - start);
        var isFull = count == BatchSize;
        var pixels = isFull && pool.TryTake(out var used) ? used : new float[count * size];
        var labels = this.images.Labels is null ? null : new byte[count];
        for (var i = 0; i < count; i++)
        {
            var place = order?[start + i] ?? start + i;
            var image = Only?[place] ?? place;
            this.binarization.Write(this.images, image, this.seed, epoch, pixels.AsSpan(i * size, size));
            if (labels is not null) labels[i] = this.images.Labels!.Value.Span[image];
        }
        return new Batch(pixels, labels, count, epoch, index, isFull ? pool : null);
    }
}
