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
        toRight = new(machine.Left, machine.Right);
        toLeft = new(machine.Right, machine.Left);
    }

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
            var logits = NibbleTable<float>.Sum(entries, rows.Input(c), groups);
            var u = random.NextUniform();
            var ones = Vector256.LessThan(u + (u * ExpOfMinus(logits)), Vector256<float>.One);
            ((ushort*)rows.Output(c))[block] = (ushort)Packing.Spread(ones.ExtractMostSignificantBits());
        }

        stream = random;
    }

    // e^-x = 2^n e^r with a whole n and |r| below log(2) / 2, by its series: 3e-7 of it is the largest error. Beyond what
    // 2^n can be, x counts as the end of the range: every u, at least 2^-33, decides alike there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfMinus(Vector256<float> x)
    {
        const float Range = 87, Log2 = 0.693147180559945f, Log2High = 0.693359375f, Log2Low = -2.12194440e-4f;
        x = Vector256.Max(Vector256.Min(-x, Vector256.Create(Range)), Vector256.Create(-Range));
        var n = Vector256.Round(x * (1 / Log2));
        var r = x - (n * Log2High) - (n * Log2Low);
        var series = Vector256.Create(1f / 720);
        series = (series * r) + Vector256.Create(1f / 120);
        series = (series * r) + Vector256.Create(1f / 24);
        series = (series * r) + Vector256.Create(1f / 6);
        series = (series * r) + Vector256.Create(1f / 2);
        series = (series * r) + Vector256<float>.One;
        series = (series * r) + Vector256<float>.One;
        return (series.AsInt32() + (Vector256.ConvertToInt32(n) << 23)).AsSingle();
    }

    private NibbleTable<float> Table(Direction direction) => direction == Direction.ToRight ? toRight : toLeft;
}
