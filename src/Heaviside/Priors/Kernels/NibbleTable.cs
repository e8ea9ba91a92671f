using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heaviside.Priors.Kernels;

/// <summary>Bias plus weighted sums of bits by look-up, four inputs at a time: the method of four Russians.</summary>
/// <remarks>
/// <para>Outputs come in blocks of as many as a vector holds, of 32 or 64 bytes. For each block and each group of four inputs
/// there are 16 entries, one for each value of the four bits. A block's entries of 200 inputs take 25.6 KB (51.2 KB): they
/// stay in the first caches while all chains pass.</para>
/// <para>The bias is part of the first group's entries, or of those of the first two. Inputs are filled up with weights of 0 to whole groups of eight.</para>
/// <para>Even and odd groups are summed apart. Of 16-bit integers each sum may wrap around, and the two are added with saturation.</para>
/// </remarks>
internal sealed unsafe class NibbleTable<T>
    where T : unmanaged, INumber<T>
{
    private const int Alignment = 64;
    private const int Entries = 16; // of a group

    private readonly T[] memory;
    private readonly T[] rows;
    private readonly T* start;
    private readonly int inputs;
    private readonly int outputs;

    internal NibbleTable(int inputs, int outputs, int lanes)
    {
        (this.inputs, this.outputs, Lanes) = (inputs, outputs, lanes);
        Groups = (inputs + 7) / 8 * 2;
        Blocks = (outputs + Lanes - 1) / Lanes;
        memory = GC.AllocateUninitializedArray<T>((Blocks * Groups * Entries * Lanes) + (Alignment / sizeof(T)), pinned: true);
        rows = new T[(Groups * 4 + 2) * Blocks * Lanes]; // of the inputs, then the bias of the even groups and that of the odd ones
        var address = (nint)Unsafe.AsPointer(ref memory[0]);
        start = (T*)((address + Alignment - 1) / Alignment * Alignment);
    }

    /// <summary>Outputs of a block: what a vector of 32 or 64 bytes holds.</summary>
    internal int Lanes { get; }

    /// <summary>Groups of four inputs, an even number.</summary>
    internal int Groups { get; }

    /// <summary>Blocks of outputs.</summary>
    internal int Blocks { get; }

    /// <summary>A block's entries.</summary>
    internal T* Block(int block) => start + (block * Groups * Entries * Lanes);

    /// <summary>Computes the entries.</summary>
    /// <param name="bias">One for each output.</param>
    /// <param name="weights">Those of an input to all outputs <paramref name="nextInput"/> apart, those of an output <paramref name="nextOutput"/>.</param>
    /// <param name="nextInput">The distance of neighboring inputs.</param>
    /// <param name="nextOutput">The distance of neighboring outputs.</param>
    /// <param name="oddBias">What of the bias is part of the odd groups; none: nothing.</param>
    internal void Build(ReadOnlySpan<T> bias, ReadOnlySpan<T> weights, int nextInput, int nextOutput, ReadOnlySpan<T> oddBias = default)
    {
        var width = Blocks * Lanes;
        for (var i = 0; i < inputs; i++)
        {
            if (nextOutput == 1) weights.Slice(i * nextInput, outputs).CopyTo(rows.AsSpan(i * width));
            else for (var o = 0; o < outputs; o++) rows[(i * width) + o] = weights[(i * nextInput) + (o * nextOutput)];
        }

        var ofBias = Groups * 4 * width;
        bias.CopyTo(rows.AsSpan(ofBias));
        oddBias.CopyTo(rows.AsSpan(ofBias + width));

        fixed (T* first = rows)
        {
            for (var block = 0; block < Blocks; block++)
            {
                var row = first + (block * Lanes);
                var entries = Block(block);
                for (var group = 0; group < Groups; group++, row += 4 * width, entries += Entries * Lanes)
                    for (var part = 0; part < Lanes; part += Vector256<T>.Count)
                        Fill(entries + part, row + part, width, group > 1 ? Vector256<T>.Zero : Vector256.Load(first + ofBias + (group * width) + (block * Lanes) + part));
            }
        }
    }

    /// <summary>Bias plus weighted sums of a block for packed inputs, in a vector of as many lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Sum<TVector>(T* block, byte* input, int groups)
        where TVector : unmanaged
    {
        // Two sums, as each addition waits for the one before. Two indices a load: of single ones the loads, of more the
        // shifts would take longer than the entries do.
        var at = (byte*)block;
        var next = Entries * sizeof(TVector);
        TVector even = default, odd = default;
        for (; groups >= 8; groups -= 8, at += 8 * next, input += 8)
        {
            nuint i = ((ushort*)input)[0], j = ((ushort*)input)[1], k = ((ushort*)input)[2], l = ((ushort*)input)[3];
            Add(ref even, at, (byte)i);
            Add(ref odd, at + next, i >> 8);
            Add(ref even, at + (2 * next), (byte)j);
            Add(ref odd, at + (3 * next), j >> 8);
            Add(ref even, at + (4 * next), (byte)k);
            Add(ref odd, at + (5 * next), k >> 8);
            Add(ref even, at + (6 * next), (byte)l);
            Add(ref odd, at + (7 * next), l >> 8);
        }

        for (; groups > 0; groups -= 2, at += 2 * next, input += 2)
        {
            Add(ref even, at, input[0]);
            Add(ref odd, at + next, input[1]);
        }

        return Joined(even, odd);
    }

    // Packed inputs are 8 times the number of their entry.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TVector>(ref TVector sum, byte* group, nuint index)
        where TVector : unmanaged => sum = Plus(sum, Unsafe.ReadUnaligned<TVector>(group + (index * (nuint)(sizeof(TVector) / 8))));

    // The processor's compiler knows the vector and keeps one of the two lines.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Plus<TVector>(TVector a, TVector b)
        where TVector : unmanaged => typeof(TVector) == typeof(Vector512<T>)
            ? Unsafe.BitCast<Vector512<T>, TVector>(Unsafe.BitCast<TVector, Vector512<T>>(a) + Unsafe.BitCast<TVector, Vector512<T>>(b))
            : Unsafe.BitCast<Vector256<T>, TVector>(Unsafe.BitCast<TVector, Vector256<T>>(a) + Unsafe.BitCast<TVector, Vector256<T>>(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Joined<TVector>(TVector even, TVector odd)
        where TVector : unmanaged => typeof(T) != typeof(short) ? Plus(even, odd)
            : typeof(TVector) == typeof(Vector512<T>)
            ? Unsafe.BitCast<Vector512<T>, TVector>(Vector512.AddSaturate(Unsafe.BitCast<TVector, Vector512<T>>(even), Unsafe.BitCast<TVector, Vector512<T>>(odd)))
            : Unsafe.BitCast<Vector256<T>, TVector>(Vector256.AddSaturate(Unsafe.BitCast<TVector, Vector256<T>>(even), Unsafe.BitCast<TVector, Vector256<T>>(odd)));

    // Entry e is the entry without its lowest bit plus that bit's row.
    private void Fill(T* entries, T* row, int width, Vector256<T> empty)
    {
        empty.Store(entries);
        for (var e = 1; e < Entries; e++)
        {
            var bit = BitOperations.TrailingZeroCount(e);
            (Vector256.Load(entries + ((e & (e - 1)) * Lanes)) + Vector256.Load(row + (bit * width))).Store(entries + (e * Lanes));
        }
    }
}
