using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heaviside.Kernels;

namespace Heaviside.Priors.Kernels;

/// <summary>Sweeps in CPU memory by tables of sums: blocks of outputs outside, so that a block's entries stay in cache, chains inside.</summary>
/// <remarks>A thread has whole groups of chains and needs no other: threads meet after all sweeps only.</remarks>
internal abstract unsafe class TableKernel : GibbsKernel
{
    private readonly int chains;
    private readonly int leftBytes;
    private readonly int rightBytes;
    private readonly byte[] left;
    private readonly byte[] right;
    private readonly float[] leftBias;
    private readonly float[] rightBias;
    private readonly float[] weights;
    private bool isBuilt;

    private protected TableKernel(RestrictedBoltzmannMachine machine, int chains)
    {
        (Machine, this.chains) = (machine, chains);
        (leftBytes, rightBytes) = (Packing.Bytes(machine.Left), Packing.Bytes(machine.Right));
        (leftBias, rightBias, weights) = (new float[machine.Left], new float[machine.Right], new float[machine.Right * machine.Left]);
        (left, right) = (GC.AllocateArray<byte>(chains * leftBytes, pinned: true), GC.AllocateArray<byte>(chains * rightBytes, pinned: true));
    }

    /// <summary>The two directions of a sweep.</summary>
    private protected enum Direction
    {
        /// <summary>The right side given the left one.</summary>
        ToRight,

        /// <summary>The left side given the right one.</summary>
        ToLeft,
    }

    /// <summary>The machine.</summary>
    private protected RestrictedBoltzmannMachine Machine { get; }

    /// <inheritdoc/>
    internal override void Run(Tensor states, Tensor streams, int sweeps, int threads)
    {
        using var scope = torch.NewDisposeScope();
        ReadParameters();
        if (Substitute is { } other)
        {
            other.Run(states, streams, sweeps, threads);
            return;
        }

        var (near, random) = (states.cpu(), streams.cpu());
        Pack(near.AsSpan<byte>());
        var all = ChainStreams.In(random);
        threads = Math.Min(threads, all.Length);
        if (threads == 1) Sweep(all, 0, all.Length, sweeps);
        else SweepTogether(random, threads, sweeps);
        Unpack(near.AsSpan<byte>());
        if (states.device.type == DeviceType.CPU) return;
        states.copy_(near);
        streams.copy_(random);
    }

    /// <summary>The kernel that takes over where this one cannot serve the present parameters; null where it can.</summary>
    private protected virtual GibbsKernel? Substitute => null;

    /// <summary>Computes the tables of parameters in row-major order.</summary>
    private protected abstract void Build(ReadOnlySpan<float> leftBias, ReadOnlySpan<float> rightBias, ReadOnlySpan<float> weights);

    /// <summary>The number of blocks of outputs.</summary>
    private protected abstract int Blocks(Direction direction);

    /// <summary>Draws a block of outputs for some chains.</summary>
    private protected abstract void Draw(Direction direction, int block, ChainRows rows, ref Xoshiro128 stream);

    // Tables take as long as several sweeps to compute, a comparison does not.
    private void ReadParameters()
    {
        var a = Read(Machine.LeftBias);
        var b = Read(Machine.RightBias);
        var w = Read(Machine.Weights);
        if (isBuilt && AreEqual(a, leftBias) && AreEqual(b, rightBias) && AreEqual(w, weights)) return;
        isBuilt = false;
        Machine.RequireFinite();
        Build(a, b, w);
        a.CopyTo(leftBias);
        b.CopyTo(rightBias);
        w.CopyTo(weights);
        isBuilt = true;
    }

    private static ReadOnlySpan<float> Read(Tensor parameter) => parameter.to(ScalarType.Float32, torch.CPU).contiguous().AsSpan<float>();

    private static bool AreEqual(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));

    private void SweepTogether(Tensor streams, int threads, int sweeps)
    {
        using var team = Team.Join(threads);
        Team.Run(threads, t =>
        {
            var all = ChainStreams.In(streams);
            Sweep(all, t * all.Length / threads, (t + 1) * all.Length / threads, sweeps);
        });
    }

    private void Sweep(Span<Xoshiro128> streams, int from, int to, int sweeps)
    {
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            HalfSweep(Direction.ToRight, left, leftBytes, right, rightBytes, streams, from, to);
            HalfSweep(Direction.ToLeft, right, rightBytes, left, leftBytes, streams, from, to);
        }
    }

    private void HalfSweep(Direction direction, byte[] inputs, int inputBytes, byte[] outputs, int outputBytes, Span<Xoshiro128> streams, int from, int to)
    {
        var input = (byte*)Unsafe.AsPointer(ref inputs[0]); // pinned, as the outputs are
        var output = (byte*)Unsafe.AsPointer(ref outputs[0]);
        var blocks = Blocks(direction);
        for (var block = 0; block < blocks; block++)
        {
            for (var group = from; group < to; group++)
            {
                var first = group * GibbsSampler.GroupSize;
                var count = Math.Min(GibbsSampler.GroupSize, chains - first);
                Draw(direction, block, new(input + (first * inputBytes), inputBytes, output + (first * outputBytes), outputBytes, count), ref streams[group]);
            }
        }
    }

    private void Pack(ReadOnlySpan<byte> states)
    {
        for (var c = 0; c < chains; c++)
        {
            var state = states.Slice(c * Machine.Units, Machine.Units);
            Packing.Pack(state[..Machine.Left], left.AsSpan(c * leftBytes, leftBytes));
            Packing.Pack(state[Machine.Left..], right.AsSpan(c * rightBytes, rightBytes));
        }
    }

    private void Unpack(Span<byte> states)
    {
        for (var c = 0; c < chains; c++)
        {
            var state = states.Slice(c * Machine.Units, Machine.Units);
            Packing.Unpack(left.AsSpan(c * leftBytes, leftBytes), state[..Machine.Left]);
            Packing.Unpack(right.AsSpan(c * rightBytes, rightBytes), state[Machine.Left..]);
        }
    }
}
