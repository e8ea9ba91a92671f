using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Heaviside.Kernels;

namespace Heaviside.Priors.Kernels;

/// <summary>Decides 16 units at once by approximate probabilities, and exactly where the random number is too near to one; needs AVX2.</summary>
/// <remarks>The loop over chains calls nothing, as every call would spill all vectors: what must be decided again is put on a list.</remarks>
internal sealed unsafe class QuantizedKernel(RestrictedBoltzmannMachine machine, int chains)
    : Int16Kernel(machine, chains, isWide: Vector512.IsHardwareAccelerated)
{
    private Int16Sigmoid sigmoid;

    /// <inheritdoc/>
    internal override GibbsPath Path => Substitute?.Path ?? GibbsPath.Quantized;

    private struct Tie
    {
        internal Vector256<short> Logits, Random;
        internal uint Bits, Ties;
        internal int Chain;
    }

    private protected override void Build(ReadOnlySpan<float> leftBias, ReadOnlySpan<float> rightBias, ReadOnlySpan<float> weights)
    {
        base.Build(leftBias, rightBias, weights);
        if (Substitute is null) sigmoid = new(Exact.Unit);
    }

    [SkipLocalsInit] // the list is long, and read only where it was written
    private protected override void Draw(Vector256<short>* logits, int used, int block, ChainRows rows, ref Xoshiro128 stream)
    {
        var key = ChainStreams.NextKey(ref stream);
        Unsafe.SkipInit(out Ties ties);
        var list = (Tie*)Unsafe.AsPointer(ref ties);
        var count = DrawNearly(logits, block, rows, ref stream, list);
        for (var t = 0; t < count; t++) ((uint*)rows.Output(list[t].Chain))[block] = Packing.Spread(Decide(in list[t], key));
    }

    // Draws all chains and lists those with ties; returns how many these are. Inlined, it would share registers with calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int DrawNearly(Vector256<short>* logits, int block, ChainRows rows, ref Xoshiro128 stream, Tie* ties)
    {
        var (random, probability, count) = (stream, sigmoid, 0); // locals stay in registers
        for (var c = 0; c < rows.Count; c++)
        {
            var u = random.Next().AsInt16();
            var distance = Avx2.SubtractSaturate(u, probability.Of(logits[c])); // below 0 where u is below the probability
            var bits = Signs(distance);
            ((uint*)rows.Output(c))[block] = Packing.Spread(bits);

            // Unsigned: from the lower end of the guard, how far below its upper end; 0 outside of it.
            var offset = (distance + Vector256.Create(Int16Sigmoid.Guard)).AsUInt16();
            var within = Avx2.SubtractSaturate(Vector256.Create((ushort)((2 * Int16Sigmoid.Guard) + 1)), offset);
            if (Avx.TestZ(within, within)) continue;
            ties[count++] = new() { Logits = logits[c], Random = u, Bits = bits, Ties = Signs(-within.AsInt16()), Chain = c };
        }

        stream = random;
        return count;
    }

    private uint Decide(in Tie tie, ulong key)
    {
        var bits = tie.Bits & ~tie.Ties;
        for (var left = tie.Ties; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            if (Exact.IsOne(tie.Logits[lane], tie.Random[lane], key, (tie.Chain * Lanes) + lane)) bits |= 1u << lane;
        }

        return bits;
    }

    // A bit for each number, whether it is negative.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Signs(Vector256<short> numbers) =>
        (uint)Sse2.MoveMask(Sse2.PackSignedSaturate(numbers.GetLower(), numbers.GetUpper()));

    [InlineArray(GibbsSampler.GroupSize)]
    private struct Ties
    {
        private Tie first;
    }
}
