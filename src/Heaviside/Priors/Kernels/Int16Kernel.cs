using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Heaviside.Kernels;

namespace Heaviside.Priors.Kernels;

/// <summary>Sweeps of the machine on a grid of 16 bits: the logits of 16 or 32 outputs at a time, whose units are drawn 16 at a time.</summary>
internal abstract unsafe class Int16Kernel : TableKernel
{
    /// <summary>Units of a block, and random numbers of one step of a stream.</summary>
    private protected const int Lanes = 16;

    private const int MostBlocks = 2; // in a vector

    private readonly Int16Grid grid;
    private readonly NibbleTable<short> toRight;
    private readonly NibbleTable<short> toLeft;
    private readonly Lazy<SinglePrecisionKernel> unrounded;
    private bool isFine;

    private protected Int16Kernel(RestrictedBoltzmannMachine machine, int chains, bool isWide)
        : base(machine, chains)
    {
        var lanes = isWide ? MostBlocks * Lanes : Lanes;
        grid = new(machine.Left, machine.Right);
        toRight = new(machine.Left, machine.Right, lanes);
        toLeft = new(machine.Right, machine.Left, lanes);
        unrounded = new(() => new(machine, chains));
    }

    /// <summary>The exact decisions on this grid.</summary>
    private protected ExactDecision Exact { get; } = new();

    // Where the grid would be too coarse, nothing is rounded.
    /// <inheritdoc/>
    private protected override GibbsKernel? Substitute => isFine ? null : unrounded.Value;

    /// <inheritdoc/>
    private protected override int Blocks(Direction direction) => Table(direction).Blocks;

    /// <inheritdoc/>
    private protected override void Build(ReadOnlySpan<float> leftBias, ReadOnlySpan<float> rightBias, ReadOnlySpan<float> weights)
    {
        isFine = grid.TryRound(leftBias, rightBias, weights);
        if (!isFine) return;
        Exact.Unit = grid.Unit;
        toRight.Build(grid.Right.Even, grid.Weights, nextInput: 1, nextOutput: Machine.Left, grid.Right.Odd);
        toLeft.Build(grid.Left.Even, grid.Weights, nextInput: Machine.Left, nextOutput: 1, grid.Left.Odd);
    }

    /// <inheritdoc/>
    [SkipLocalsInit] // the logits are many, and read only where they were written
    private protected sealed override void Draw(Direction direction, int block, ChainRows rows, ref Xoshiro128 stream)
    {
        Unsafe.SkipInit(out Logits memory);
        var logits = (Vector256<short>*)Unsafe.AsPointer(ref memory);
        var table = Table(direction);
        if (table.Lanes == Lanes) Sum(table.Block(block), table.Groups, rows, logits);
        else SumWide(table.Block(block), table.Groups, rows, logits);

        // Block after block, so that a stream gives each unit the same number whatever the width.
        var units = direction == Direction.ToRight ? Machine.Right : Machine.Left;
        for (var first = block * table.Lanes; first < Math.Min((block + 1) * table.Lanes, units); first += Lanes, logits += GibbsSampler.GroupSize)
            Draw(logits, Math.Min(Lanes, units - first), first / Lanes, rows, ref stream);
    }

    /// <summary>Draws a block given the logits of each chain.</summary>
    private protected abstract void Draw(Vector256<short>* logits, int used, int block, ChainRows rows, ref Xoshiro128 stream);

    /// <summary>Draws a block with an exact decision for each unit, on any processor.</summary>
    private protected void DrawExactly(Vector256<short>* logits, int used, int block, ChainRows rows, ref Xoshiro128 stream)
    {
        var key = ChainStreams.NextKey(ref stream);
        for (var c = 0; c < rows.Count; c++)
        {
            var random = stream.Next().AsInt16();
            var bits = 0u;
            for (var lane = 0; lane < used; lane++)
                if (Exact.IsOne(logits[c][lane], random[lane], key, (c * Lanes) + lane)) bits |= 1u << lane;
            ((uint*)rows.Output(c))[block] = Packing.Spread(bits);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined, it would share registers with calls
    private static void Sum(short* entries, int groups, ChainRows rows, Vector256<short>* logits)
    {
        for (var c = 0; c < rows.Count; c++) logits[c] = NibbleTable<short>.Sum<Vector256<short>>(entries, rows.Input(c), groups);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SumWide(short* entries, int groups, ChainRows rows, Vector256<short>* logits)
    {
        for (var c = 0; c < rows.Count; c++)
        {
            var sum = NibbleTable<short>.Sum<Vector512<short>>(entries, rows.Input(c), groups);
            (logits[c], logits[GibbsSampler.GroupSize + c]) = (sum.GetLower(), sum.GetUpper());
        }
    }

    private NibbleTable<short> Table(Direction direction) => direction == Direction.ToRight ? toRight : toLeft;

    [InlineArray(MostBlocks * GibbsSampler.GroupSize)]
    private struct Logits
    {
        private Vector256<short> first;
    }
}
