using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Heaviside.Kernels;

namespace Heaviside.Priors.Kernels;

/// <summary>Sweeps by tables in single precision, 8 outputs at a time: parameters are used as they are.</summary>
internal sealed unsafe class SinglePrecisionKernel : TableKernel
{
    private readonly NibbleTable<float> toRight;
    private readonly NibbleTable<float> toLeft;

    internal SinglePrecisionKernel(RestrictedBoltzmannMachine machine, int chains)
        : base(machine, chains)
    {
        toRight = new(machine.Left, machine.Right, Vector256<float>.Count);
        toLeft = new(machine.Right, machine.Left, Vector256<float>.Count);
    }

    /// <inheritdoc/>
    internal override GibbsPath Path => GibbsPath.Tables;

    private protected override int Blocks(Direction direction) => Table(direction).Blocks;

    private protected override void Build(ReadOnlySpan<float> leftBias, ReadOnlySpan<float> rightBias, ReadOnlySpan<float> weights)
    {
        toRight.Build(rightBias, weights, nextInput: 1, nextOutput: Machine.Left);
        toLeft.Build(leftBias, weights, nextInput: Machine.Left, nextOutput: 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined, it would share registers with calls
    private protected override void Draw(Direction direction, int block, ChainRows rows, ref Xoshiro128 stream)
    {
        var table = Table(direction);
        var entries = table.Block(block);
        var (groups, random) = (table.Groups, stream); // locals stay in registers
        for (var c = 0; c < rows.Count; c++)
        {
            // u < 1 / (1 + e^-x), without the division.
            var logits = NibbleTable<float>.Sum<Vector256<float>>(entries, rows.Input(c), groups);
            var u = random.NextUniform();
            var ones = Vector256.LessThan(u + (u * Exponential.OfMinus(logits)), Vector256<float>.One);
            ((ushort*)rows.Output(c))[block] = (ushort)Packing.Spread(ones.ExtractMostSignificantBits());
        }

        stream = random;
    }

    private NibbleTable<float> Table(Direction direction) => direction == Direction.ToRight ? toRight : toLeft;
}
