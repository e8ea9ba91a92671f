using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Heaviside.Kernels;
using Heaviside.Numerics;
using Heaviside.Priors.Partition;

namespace Heaviside.Priors.Kernels;

/// <summary>Chains of the laws p_beta(z), proportional to exp(-E_0(z) + beta w(z)), w = E_0 - E: each chain has a beta of its own.</summary>
/// <remarks>
/// <para>E_0 has biases only. All that is multiplied by beta is in tables of single precision: a logit is a bias of the base plus beta
/// times a sum. These sums, of the units that became 1 in the second half of a sweep, add up to w of the state reached, but
/// for what the biases of the right side contribute.</para>
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

    internal TemperedChains(RestrictedBoltzmannMachine machine, PartitionBase from, int chains, int groupSize, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        machine.RequireFinite();
        this.groupSize = groupSize;
        var (a, b, w) = (Read(machine.LeftBias), Read(machine.RightBias), Read(machine.Weights));
        left = new(a, from, machine.Right, chains);
        right = new(b, from, machine.Left, chains);
        left.Build(w, nextInput: machine.Left, nextOutput: 1);
        right.Build(w, nextInput: 1, nextOutput: machine.Left);
        IsBase = Array.TrueForAll(w, x => x == 0) && (from == PartitionBase.Biases || Array.TrueForAll([.. a, .. b], x => x == 0));
        LogBase = left.LogPartition + right.LogPartition;
        Betas = new float[chains];
        Gains = new double[chains];
        sums = GC.AllocateArray<float>(chains * Lanes, pinned: true);
        streams = ChainStreams.In(ChainStreams.Create((chains + groupSize - 1) / groupSize, rng)).ToArray();
        for (var group = 0; group < Groups; group++) Scatter(group);
    }

    /// <summary>How many groups there are.</summary>
    internal int Groups => streams.Length;

    /// <summary>The beta of each chain, to be set at will between sweeps.</summary>
    internal float[] Betas { get; }

    /// <summary>w of each chain after its last sweep, in nats: by how much its log-weight grows per unit of beta.</summary>
    internal double[] Gains { get; }

    /// <summary>log Z at beta 0, where all units are independent.</summary>
    internal double LogBase { get; }

    /// <summary>Whether the machine is what its chains begin from: then <see cref="LogBase"/> is its log Z.</summary>
    internal bool IsBase { get; }

    /// <summary>The first chain of a group, or of the one after the last.</summary>
    internal int First(int group) => Math.Min(group * groupSize, Betas.Length);

    /// <summary>A key from a group's stream.</summary>
    internal ulong NextKey(int group) => ChainStreams.NextKey(ref streams[group]);

    /// <summary>Draws all right units, then all left ones, of the groups from one to before another.</summary>
    internal void Sweep(int from, int to)
    {
        Array.Clear(sums, First(from) * Lanes, (First(to) - First(from)) * Lanes);
        HalfSweep(left, right, from, to, isLast: false);
        HalfSweep(right, left, from, to, isLast: true);
        for (var c = First(from); c < First(to); c++)
        {
            var sum = 0.0;
            for (var lane = 0; lane < Lanes; lane++) sum += sums[(c * Lanes) + lane];
            Gains[c] = sum;
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

    // Every chain begins with a density of its own, so that modes are begun in that chains of the base would not find.
    private void Scatter(int group)
    {
        var random = new SplitMix64(NextKey(group));
        var units = new byte[left.Count];
        for (var c = First(group); c < First(group + 1); c++)
        {
            var density = random.Next();
            for (var i = 0; i < units.Length; i++) units[i] = random.Next() < density ? (byte)1 : (byte)0;
            Packing.Pack(units, new(left.Row(c), left.RowBytes));
        }
    }

    private void HalfSweep(Side input, Side output, int from, int to, bool isLast)
    {
        for (var block = 0; block < output.Sums.Blocks; block++)
        {
            for (var group = from; group < to; group++)
            {
                var first = First(group);
                var rows = new ChainRows(input.Row(first), input.RowBytes, output.Row(first), output.RowBytes, First(group + 1) - first);
                fixed (float* betas = &Betas[first]) Draw(output, block, rows, betas, (float*)Unsafe.AsPointer(ref sums[first * Lanes]), isLast, ref streams[group]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined, it would share registers with calls
    private static void Draw(Side side, int block, ChainRows rows, float* betas, float* sums, bool isLast, ref Xoshiro128 stream)
    {
        var entries = side.Sums.Block(block);
        var bias = Vector256.Load(side.Base + (block * Lanes));
        var (groups, random) = (side.Sums.Groups, stream); // locals stay in registers

        // A unit that is 1 counts with its sum in the last half, and with its bias in the first.
        var whole = isLast ? Vector256<float>.AllBitsSet : Vector256<float>.Zero;
        var part = isLast ? Vector256<float>.Zero : Vector256.Load(side.Tempered + (block * Lanes));
        for (var c = 0; c < rows.Count; c++)
        {
            // u < 1 / (1 + e^-x), without the division.
            var sum = NibbleTable<float>.Sum<Vector256<float>>(entries, rows.Input(c), groups);
            var u = random.NextUniform();
            var ones = Vector256.LessThan(u + (u * Exponential.OfMinus((sum * betas[c]) + bias)), Vector256<float>.One);
            ((ushort*)rows.Output(c))[block] = (ushort)Packing.Spread(ones.ExtractMostSignificantBits());
            (Vector256.Load(sums + (c * Lanes)) + (((sum & whole) | part) & ones)).Store(sums + (c * Lanes));
        }

        stream = random;
    }

    private static float[] Read(Tensor parameter) => parameter.to(ScalarType.Float32, torch.CPU).contiguous().ToArray<float>();

    /// <summary>The units of one side: their biases, what of these is in the base and what is multiplied by beta, their states, and the sums that their logits are made of.</summary>
    private sealed class Side
    {
        private readonly float[] ofBase; // pinned, as all others are, and filled up to whole blocks
        private readonly float[] tempered;
        private readonly byte[] states;

        internal Side(float[] bias, PartitionBase from, int inputs, int chains)
        {
            Count = bias.Length;
            Sums = new(inputs, bias.Length, Lanes);
            RowBytes = Packing.Bytes(bias.Length);
            ofBase = GC.AllocateArray<float>(Sums.Blocks * Lanes, pinned: true);
            tempered = GC.AllocateArray<float>(Sums.Blocks * Lanes, pinned: true);
            states = GC.AllocateArray<byte>(chains * RowBytes, pinned: true);
            bias.CopyTo(from == PartitionBase.Biases ? ofBase : tempered, 0);
        }

        internal int Count { get; }

        internal NibbleTable<float> Sums { get; }

        internal int RowBytes { get; }

        internal float* Base => (float*)Unsafe.AsPointer(ref ofBase[0]);

        internal float* Tempered => (float*)Unsafe.AsPointer(ref tempered[0]);

        /// <summary>Of the base: sum log(1 + e^bias).</summary>
        internal double LogPartition => ofBase.Take(Count).Sum(x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)x))));

        internal void Build(float[] weights, int nextInput, int nextOutput) => Sums.Build(tempered.AsSpan(0, Count), weights, nextInput, nextOutput);

        internal byte* Row(int chain) => (byte*)Unsafe.AsPointer(ref states[0]) + (chain * RowBytes);
    }
}
