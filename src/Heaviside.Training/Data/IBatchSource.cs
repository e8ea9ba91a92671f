namespace Heaviside.Data;

/// <summary>Batches by their position: stored examples, or an environment or a simulator that makes them.</summary>
/// <remarks>The batch at a position is a pure function of the source's seed and the position: to resume, the position alone is remembered.
/// Batches are prepared on a background thread, where a source makes arrays and no tensors.
/// <code>
/// sealed class Coins(ulong seed) : IBatchSource
/// {
///     public int Count => 1000;
///     public int BatchesPerEpoch => 10;
///     public Batch At(int epoch, int index)
///     {
///         var random = new SplitMix64(seed, RandomPurpose.Examples, epoch, index);
///         float[] sides = [.. Enumerable.Range(0, 100).Select(_ => (float)random.Below(2))];
///         return new Batch(new NamedArrays(100).With("sides", sides), epoch, index);
///     }
/// }
/// </code></remarks>
public interface IBatchSource
{
    /// <summary>How many examples an epoch has.</summary>
    int Count { get; }

    /// <summary>How many batches an epoch has, at least 1.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>One batch, prepared now; called from any thread.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch in the epoch, from 0 to one less than <see cref="BatchesPerEpoch"/>.</param>
    Batch At(int epoch, int index);
}
