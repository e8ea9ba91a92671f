using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Heaviside.Kernels;
using Heaviside.Torch;

namespace Heaviside.Priors.Kernels;

/// <summary>Chains of the laws p_beta(z), proportional to exp(a z1 + b z2 + beta z2 W z1): each chain has a beta of its own.</summary>
/// <remarks>
/// <para>The weights are in tables of single precision, the biases apart: a logit is a bias plus beta times a sum. What
/// the sums of the units that became 1 add up to in the second half of a sweep is z2 W z1 of the state reached.</para>
/// <para>Each group of chains has a random stream of its own, and groups can be swept by different threads.</para>
/// </remarks>
internal sealed unsafe class TemperedChains
{
    private const int Lanes = 8;

    private readonly Side left;
    private readonly Side right;
    private readonly int groupSize;
    private readonly Xoshiro128[] streams;
    private readonly float[] sums; // pinned: eight of each chain, of the units that became 1

    internal TemperedChains(RestrictedBoltzmannMachine machine, int chains, int groupSize, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        this.groupSize = groupSize;
        var (a, b, w) = (Read(machine.LeftBias), Read(machine.RightBias), Read(machine.Weights));
        left = new(a, machine.Right, chains);
        right = new(b, machine.Left, chains);
        left.Sums.Build(new float[a.Length], w, nextInput: machine.Left, nextOutput: 1);
        right.Sums.Build(new float[b.Length], w, nextInput: 1, nextOutput: machine.Left);
        LogBase = LogPartition(a) + LogPartition(b);
        Betas = new float[chains];
        Interactions = new double[chains];
        sums = GC.AllocateArray<float>(chains * Lanes, pinned: true);
        streams = ChainStreams.In(ChainStreams.Create((chains + groupSize - 1) / groupSize, rng)).ToArray();
    }

    /// <summary>How many groups there are.</summary>
    internal int Groups => streams.Length;

    /// <summary>The beta of each chain, to be set at will between sweeps.</summary>
    internal float[] Betas { get; }

    /// <summary>z2 W z1 of each chain after its last sweep, in nats.</summary>
    internal double[] Interactions { get; }

    /// <summary>log Z at beta 0, where all units are independent, of the biases in single precision.</summary>
    internal double LogBase { get; }

    /// <summary>The first chain of a group, or of the one after the last.</summary>
    internal int First(int group) => Math.Min(group * groupSize, Betas.Length);

    /// <summary>A key from a group's stream.</summary>
    internal ulong NextKey(int group) => ChainStreams.NextKey(ref streams[group]);

    /// <summary>Draws all right units, then all left ones, of the groups from one to before another.</summary>
    internal void Sweep(int from, int to)
    {
        HalfSweep(left, right, from, to);
        HalfSweep(right, left, from, to);
        for (var c = First(from); c < First(to); c++)
        {
            var sum = 0.0;
            for (var lane = 0; lane < Lanes; lane++) sum += sums[(c * Lanes) + lane];
            Interactions[c] = sum;
        }
    }

    /// <summary>The state of a chain, left units first, in bytes of 0 and 1.</summary>
    internal byte[] State(int chain)
    {
        var units = new byte[left.Count + right.Count];
        Packing.Unpack(new(left.Row(chain), left.RowBytes), units.AsSpan(0, left.Count));
        Packing.Unpack(new(right.Row(chain), right.RowBytes), units.AsSpan(left.Count));
        return units;
    }

    private void HalfSweep(Side input, Side output, int from, int to)
    {
        for (var block = 0; block < output.Sums.Blocks; block++)
        {
            for (var group = from; group < to; group++)
            {
                var first = First(group);
                var rows = new ChainRows(input.Row(first), input.RowBytes, output.Row(first), output.RowBytes, First(group + 1) - first);
                fixed (float* betas = &Betas[first]) Draw(output, block, rows, betas, (float*)Unsafe.AsPointer(ref sums[first * Lanes]), ref streams[group]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined, it would share registers with calls
    private static void Draw(Side side, int block, ChainRows rows, float* betas, float* sums, ref Xoshiro128 stream)
    {
        var entries = side.Sums.Block(block);
        var bias = Vector256.Load(side.Bias + (block * Lanes));
        var (groups, random) = (side.Sums.Groups, stream); // locals stay in registers
        for (var c = 0; c < rows.Count; c++)
        {
            // u < 1 / (1 + e^-x), without the division.
            var sum = NibbleTable<float>.Sum(entries, rows.Input(c), groups);
            var u = random.NextUniform();
            var ones = Vector256.LessThan(u + (u * Exponential.OfMinus((sum * betas[c]) + bias)), Vector256<float>.One);
            ((ushort*)rows.Output(c))[block] = (ushort)Packing.Spread(ones.ExtractMostSignificantBits());
            var before = block > 0 ? Vector256.Load(sums + (c * Lanes)) : Vector256<float>.Zero;
            (before + (sum & ones)).Store(sums + (c * Lanes));
        }

        stream = random;
    }

    private static float[] Read(Tensor parameter)
    {
        var values = parameter.to(ScalarType.Float32, torch.CPU).contiguous().ToArray<float>();
        return Array.TrueForAll(values, float.IsFinite) ? values : throw new InvalidOperationException("the machine's parameters are not finite");
    }

    // Of independent units: sum log(1 + e^bias).
    private static double LogPartition(float[] bias) => bias.Sum(x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)x))));

    /// <summary>The units of one side: their biases, their states, and the sums that their logits are made of.</summary>
    private sealed class Side
    {
        private readonly float[] biases; // pinned, as the states are, and filled up to whole blocks
        private readonly byte[] states;

        internal Side(float[] bias, int inputs, int chains)
        {
            Count = bias.Length;
            Sums = new(inputs, bias.Length);
            RowBytes = Packing.Bytes(bias.Length);
            biases = GC.AllocateArray<float>(Sums.Blocks * Lanes, pinned: true);
            states = GC.AllocateArray<byte>(chains * RowBytes, pinned: true);
            bias.CopyTo(biases, 0);
        }

        internal int Count { get; }

        internal NibbleTable<float> Sums { get; }

        internal int RowBytes { get; }

        internal float* Bias => (float*)Unsafe.AsPointer(ref biases[0]);

        internal byte* Row(int chain) => (byte*)Unsafe.AsPointer(ref states[0]) + (chain * RowBytes);
    }
}
