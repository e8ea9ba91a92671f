using System.Collections.Concurrent;

namespace Heaviside.Data;

/// <summary>Images ready for a model. Dispose it after use: its buffer then serves a later batch.</summary>
public sealed class Batch : IDisposable
{
    private readonly ConcurrentBag<float[]>? pool;
    private float[]? pixels;

    internal Batch(float[] pixels, byte[]? labels, int count, int epoch, int index, ConcurrentBag<float[]>? pool) =>
        (this.pixels, Labels, Count, Epoch, Index, this.pool) = (pixels, labels, count, epoch, index, pool);

    /// <summary>The images, <c>[Count, ImageSize]</c>, in [0, 1]; exactly that many numbers. Not to be kept after <see cref="Dispose"/>.</summary>
    public float[] Pixels => this.pixels ?? throw new ObjectDisposedException(nameof(Batch));

    /// <summary>The images' classes, <c>[Count]</c>, or null where the set has none.</summary>
    public byte[]? Labels { get; }

    /// <summary>How many images there are; fewer than the batch size only in an epoch's last batch.</summary>
    public int Count { get; }

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The batch's number in its epoch, from 0.</summary>
    public int Index { get; }

    /// <summary>Gives the buffer back to the loader; more than once does no harm.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref this.pixels, null) is { } pixels) this.pool?.Add(pixels);
    }
}
