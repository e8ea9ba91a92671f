using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>When the loops of this folder apply, and what they share.</summary>
internal static class Fast
{
    /// <summary>Whether a tensor's elements can be looped over: 32-bit floats in CPU memory. Everything else takes torch's operators.</summary>
    internal static bool CanLoop(Tensor t) => t.dtype == ScalarType.Float32 && t.device.type == DeviceType.CPU;

    /// <summary>The elements in row-major order; a copy, which the current dispose scope owns, only if they do not lie so.</summary>
    internal static ReadOnlySpan<float> Read(Tensor t) => (t.is_contiguous() ? t : t.contiguous()).AsSpan<float>();

    /// <summary>A new tensor to be filled.</summary>
    internal static Tensor New(ReadOnlySpan<long> shape) => torch.empty(shape, ScalarType.Float32);

    /// <summary>Does what there is to do for each row, in parts that threads may share.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="numbers">How many numbers each takes.</param>
    /// <param name="loop">What there is to do; nothing that it writes may depend on another row.</param>
    internal static void ForRows(int rows, int numbers, Action<int> loop)
    {
        const int Grain = 1 << 15; // numbers, some ten microseconds of work
        var size = Math.Max(1, Grain / Math.Max(1, numbers));
        Team.Run((rows + size - 1) / size, part =>
        {
            for (var row = part * size; row < Math.Min((part + 1) * size, rows); row++) loop(row);
        });
    }

    /// <summary>The sum over rows of what is added for each, in every column: blocks of rows in single precision, the blocks in double.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="add">Adds what there is to add for a row.</param>
    internal static double[] Sum(int rows, int columns, Action<int, Span<float>> add)
    {
        const int Block = 64;
        var blocks = (rows + Block - 1) / Block;
        var sums = new float[blocks * columns];
        ForRows(blocks, Block * columns, block =>
        {
            var sum = sums.AsSpan(block * columns, columns);
            for (var row = block * Block; row < Math.Min((block + 1) * Block, rows); row++) add(row, sum);
        });
        var total = new double[columns];
        for (var i = 0; i < sums.Length; i++) total[i % columns] += sums[i];
        return total;
    }

    /// <summary>to += from, eight at a time.</summary>
    internal static void Add(ReadOnlySpan<float> from, Span<float> to)
    {
        var i = 0;
        for (; i <= from.Length - 8; i += 8) (Vector256.Create<float>(to[i..]) + Vector256.Create(from[i..])).CopyTo(to[i..]);
        for (; i < from.Length; i++) to[i] += from[i];
    }

    /// <summary>y = map(x) for all elements, eight at a time.</summary>
    internal static void Map<TMap>(ReadOnlySpan<float> x, Span<float> y, TMap map)
        where TMap : struct, IMap
    {
        var i = 0;
        for (; i <= x.Length - 8; i += 8) map.Of(Vector256.Create(x[i..])).CopyTo(y[i..]);
        if (i == x.Length) return;
        Span<float> rest = stackalloc float[8];
        x[i..].CopyTo(rest);
        map.Of(Vector256.Create<float>(rest)).CopyTo(rest);
        rest[..(x.Length - i)].CopyTo(y[i..]);
    }

    /// <summary>A new tensor of numbers of a stream.</summary>
    internal static Tensor Draw<TNoise>(ReadOnlySpan<long> shape, TNoise stream)
        where TNoise : struct, INoise
    {
        var result = New(shape);
        var left = result.AsSpan<float>();
        for (; left.Length >= 8; left = left[8..]) stream.Next().CopyTo(left);
        if (left.IsEmpty) return result;
        Span<float> rest = stackalloc float[8];
        stream.Next().CopyTo(rest);
        rest[..left.Length].CopyTo(left);
        return result;
    }
}
