namespace Heaviside.Data;

/// <summary>Goes through the batches of a source, prepared ahead on a background thread.</summary>
/// <example><code>
/// foreach (Batch batch in data.Shuffled(Split.Train, batchSize: 100, seed: 1).From(epoch: 0, index: 0))
///     using (batch) Step(batch["pixels"]);
/// </code></example>
public static class BatchSource
{
    private const int BatchesAhead = 3;

    /// <summary>Batches without end from a position on; the thread starts with the enumeration and ends with it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch in the epoch, from 0; <see cref="IBatchSource.BatchesPerEpoch"/> means the next epoch's first.</param>
    public static IEnumerable<Batch> From(this IBatchSource source, int epoch = 0, int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(source.BatchesPerEpoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, source.BatchesPerEpoch);
        return Prefetch.Ahead(Endless(source, epoch, index), BatchesAhead);
    }

    /// <summary>The batches of one epoch.</summary>
    /// <param name="source">The source.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public static IEnumerable<Batch> Epoch(this IBatchSource source, int epoch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return Prefetch.Ahead(Enumerable.Range(0, source.BatchesPerEpoch).Select(index => source.At(epoch, index)), BatchesAhead);
    }

    private static IEnumerable<Batch> Endless(IBatchSource source, int epoch, int index)
    {
        for (; ; epoch++, index = 0)
            for (; index < source.BatchesPerEpoch; index++) yield return source.At(epoch, index);
    }
}
