using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heaviside.Priors.Kernels;

/// <summary>Bias plus weighted sums of bits by look-up, four inputs at a time: the method of four Russians.</summary>
/// <remarks>
/// <para>Outputs come in blocks of as many as 32 bytes hold. For each block and each group of four inputs there are 16 entries
/// of 32 bytes, one for each value of the four bits. A block's entries of 200 inputs take 25.6 KB: they stay in the first
/// cache while all chains pass.</para>
/// <para>The bias is part of the first group's entries. Inputs are filled up with weights of 0 to whole groups of eight.</para>
/// </remarks>
internal sealed unsafe class NibbleTable<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Bytes of the 16 entries of a group.</summary>
    internal const int GroupBytes = 16 * 32;

    private const int Alignment = 64;

    private readonly T[] memory;
    private readonly T[] rows;
    private readonly T* start;
    private readonly int inputs;
    private readonly int outputs;

    internal NibbleTable(int inputs, int outputs)
    {
        (this.inputs, this.outputs) = (inputs, outputs);
        Groups = (inputs + 7) / 8 * 2;
        Blocks = (outputs + Lanes - 1) / Lanes;
        memory = GC.AllocateUninitializedArray<T>((Blocks * Groups * GroupBytes + Alignment) / sizeof(T), pinned: true);
        rows = new T[(Groups * 4 + 1) * Blocks * Lanes]; // of the inputs, then the bias
        var address = (nint)Unsafe.AsPointer(ref memory[0]);
        start = (T*)((address + Alignment - 1) / Alignment * Alignment);
    }

    /// <summary>Outputs of a block.</summary>
    internal static int Lanes => Vector256<T>.Count;

    /// <summary>Groups of four inputs, an even number.</summary>
    internal int Groups { get; }

    /// <summary>Blocks of outputs.</summary>
    internal int Blocks { get; }

    /// <summary>Outputs of a block that are not there to fill it up.</summary>
    internal int Used(int block) => Math.Min(Lanes, outputs - (block * Lanes));

    /// <summary>A block's entries.</summary>
    internal T* Block(int block) => start + (block * Groups * GroupBytes / sizeof(T));

    /// <summary>Computes the entries.</summary>
    /// <param name="bias">One for each output.</param>
    /// <param name="weights">Those of an input to all outputs <paramref name="nextInput"/> apart, those of an output <paramref name="nextOutput"/>.</param>
    /// <param name="nextInput">The distance of neighboring inputs.</param>
    /// <param name="nextOutput">The distance of neighboring outputs.</param>
    internal void Build(ReadOnlySpan<T> bias, ReadOnlySpan<T> weights, int nextInput, int nextOutput)
    {
        var width = Blocks * Lanes;
        for (var i = 0; i < inputs; i++)
        {
            if (nextOutput == 1) weights.Slice(i * nextInput, outputs).CopyTo(rows.AsSpan(i * width));
            else for (var o = 0; o < outputs; o++) rows[(i * width) + o] = weights[(i * nextInput) + (o * nextOutput)];
        }

        bias.CopyTo(rows.AsSpan(Groups * 4 * width));

        fixed (T* first = rows)
        {
            for (var block = 0; block < Blocks; block++)
            {
                var row = first + (block * Lanes);
                var entries = Block(block);
                for (var group = 0; group < Groups; group++, row += 4 * width, entries += 16 * Lanes)
                    Fill(entries, row, width, group > 0 ? Vector256<T>.Zero : Vector256.Load(first + (Groups * 4 * width) + (block * Lanes)));
            }
        }
    }

    /// <summary>Bias plus weighted sums of a block for packed inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> Sum(T* block, byte* input, int groups)
    {
        // Two sums, as each addition waits for the one before. Two indices a load: of single ones the loads, of more the
        // shifts would take longer than the entries do.
        var at = (byte*)block;
        var (even, odd) = (Vector256<T>.Zero, Vector256<T>.Zero);
        for (; groups >= 8; groups -= 8, at += 8 * GroupBytes, input += 8)
        {
            uint i = ((ushort*)input)[0], j = ((ushort*)input)[1], k = ((ushort*)input)[2], l = ((ushort*)input)[3];
            even += Entry(at, (byte)i);
            odd += Entry(at + GroupBytes, i >> 8);
            even += Entry(at + (2 * GroupBytes), (byte)j);
            odd += Entry(at + (3 * GroupBytes), j >> 8);
            even += Entry(at + (4 * GroupBytes), (byte)k);
            odd += Entry(at + (5 * GroupBytes), k >> 8);
            even += Entry(at + (6 * GroupBytes), (byte)l);
            odd += Entry(at + (7 * GroupBytes), l >> 8);
        }

        for (; groups > 0; groups -= 2, at += 2 * GroupBytes, input += 2)
        {
            even += Entry(at, input[0]);
            odd += Entry(at + GroupBytes, input[1]);
        }

        return even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Entry(byte* group, nuint index) => Vector256.Load((T*)(group + (index * 8)));

    // Entry e is the entry without its lowest bit plus that bit's row.
    private static void Fill(T* entries, T* row, int width, Vector256<T> empty)
    {
        empty.Store(entries);
        for (var e = 1; e < 16; e++)
        {
            var bit = BitOperations.TrailingZeroCount(e);
            (Vector256.Load(entries + ((e & (e - 1)) * Lanes)) + Vector256.Load(row + (bit * width))).Store(entries + (e * Lanes));
        }
    }
}
