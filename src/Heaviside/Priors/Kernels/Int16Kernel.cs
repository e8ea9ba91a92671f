using System.Runtime.Intrinsics;
using Heaviside.Kernels;

namespace Heaviside.Priors.Kernels;

/// <summary>Sweeps of the machine on a grid of 16 bits, 16 outputs at a time.</summary>
internal abstract unsafe class Int16Kernel : TableKernel
{
    /// <summary>Outputs of a block, and random numbers of one step of a stream.</summary>
    private protected const int Lanes = 16;

    private readonly Int16Grid grid;
    private readonly NibbleTable<short> toRight;
    private readonly NibbleTable<short> toLeft;

    private protected Int16Kernel(RestrictedBoltzmannMachine machine, int chains)
        : base(machine, chains)
    {
        grid = new(machine.Left, machine.Right);
        toRight = new(machine.Left, machine.Right);
        toLeft = new(machine.Right, machine.Left);
    }

    /// <summary>The exact decisions on this grid.</summary>
    private protected ExactDecision Exact { get; } = new();

    /// <inheritdoc/>
    private protected override int Blocks(Direction direction) => Table(direction).Blocks;

    /// <inheritdoc/>
    private protected override void Build(ReadOnlySpan<float> leftBias, ReadOnlySpan<float> rightBias, ReadOnlySpan<float> weights)
    {
        grid.Round(leftBias, rightBias, weights);
        Exact.Unit = grid.Unit;
        toRight.Build(grid.Right, grid.Weights, nextInput: 1, nextOutput: Machine.Left);
        toLeft.Build(grid.Left, grid.Weights, nextInput: Machine.Left, nextOutput: 1);
    }

    /// <summary>The tables of a direction.</summary>
    private protected NibbleTable<short> Table(Direction direction) => direction == Direction.ToRight ? toRight : toLeft;

    /// <summary>Draws a block with an exact decision for each unit, on any processor.</summary>
    private protected void DrawExactly(Direction direction, int block, ChainRows rows, ref Xoshiro128 stream)
    {
        var table = Table(direction);
        var entries = table.Block(block);
        var (groups, used) = (table.Groups, table.Used(block));
        var key = ChainStreams.NextKey(ref stream);
        for (var c = 0; c < rows.Count; c++)
        {
            var logits = NibbleTable<short>.Sum(entries, rows.Input(c), groups);
            var random = stream.Next().AsInt16();
            var bits = 0u;
            for (var lane = 0; lane < used; lane++)
                if (Exact.IsOne(logits[lane], random[lane], key, (c * Lanes) + lane)) bits |= 1u << lane;
            ((uint*)rows.Output(c))[block] = Packing.Spread(bits);
        }
    }
}
