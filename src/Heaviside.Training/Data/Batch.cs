using System.Collections.Concurrent;

namespace Heaviside.Data;

/// <summary>Examples ready for a model: <c>batch["pixels"]</c> is a tensor of them. Dispose it after use: its arrays then serve a later batch.</summary>
public sealed class Batch : IDisposable
{
    private readonly ConcurrentBag<NamedArrays>? pool;
    private NamedArrays? arrays;

    /// <summary>A batch of examples.</summary>
    /// <param name="arrays">The examples.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch's number in its epoch, from 0.</param>
    public Batch(NamedArrays arrays, int epoch, int index)
        : this(arrays, epoch, index, null) { }

    internal Batch(NamedArrays arrays, int epoch, int index, ConcurrentBag<NamedArrays>? pool) =>
        (this.arrays, Count, Epoch, Index, this.pool) = (arrays, arrays.Count, epoch, index, pool);

    /// <summary>How many examples there are; fewer than the batch size only in an epoch's last batch.</summary>
    public int Count { get; }

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The batch's number in its epoch, from 0.</summary>
    public int Index { get; }

    /// <summary>Where tensors are made; the CPU unless said otherwise.</summary>
    public Device Device { get => field ?? torch.CPU; set; }

    /// <summary>What there is.</summary>
    public IReadOnlyList<string> Names => Arrays.Names;

    private NamedArrays Arrays => arrays ?? throw new ObjectDisposedException(nameof(Batch));

    /// <summary>A tensor of what is so called, <c>[Count, shape of one example]</c>, made anew each time; it belongs to the caller and its dispose scope.</summary>
    /// <exception cref="InputException">There is nothing so called; the message names what there is.</exception>
    public Tensor this[string name] => Arrays.ToTensor(name, Device);

    /// <summary>Whether there is something so called.</summary>
    public bool Has(string name) => Arrays.Has(name);

    /// <summary>How many numbers an example has of what is so called.</summary>
    /// <exception cref="InputException">There is nothing so called.</exception>
    public long ExampleSize(string name) => Arrays.Shape(name).Aggregate(1L, (product, size) => product * size);

    /// <summary>The numbers themselves, <c>[Count, shape of one example]</c>. Not to be kept after <see cref="Dispose"/>.</summary>
    /// <typeparam name="T">Their type, <c>float</c> or <c>long</c>.</typeparam>
    /// <exception cref="InputException">There is nothing so called, or it has another type.</exception>
    public ReadOnlySpan<T> Values<T>(string name) => Arrays.Values<T>(name);

    /// <summary>Gives the arrays back to the loader; more than once does no harm.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref arrays, null) is { } used) pool?.Add(used);
    }
}
