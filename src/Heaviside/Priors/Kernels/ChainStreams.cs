using System.Runtime.InteropServices;
using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Priors.Kernels;

/// <summary>The random streams of chains, their whole state in the memory of one tensor.</summary>
internal static class ChainStreams
{
    private const int Words = 32; // of 32 bits: four of each of the eight lanes

    /// <summary>Streams with keys drawn from a generator of the CPU: shape <c>[count, 32]</c>.</summary>
    internal static Tensor Create(int count, Generator rng)
    {
        var seeds = new SplitMix64(Randomness.NextKey(rng));
        var streams = torch.empty([count, Words], ScalarType.Int32);
        foreach (ref var stream in In(streams)) stream = new(seeds.Next());
        return streams;
    }

    /// <summary>The streams in place, of a tensor in CPU memory.</summary>
    internal static Span<Xoshiro128> In(Tensor streams) => MemoryMarshal.Cast<int, Xoshiro128>(streams.AsSpan<int>());

    /// <summary>The next numbers of the first stream, of a tensor on any device: seeds of torch's generators, one for each sweep, so that it does
    /// not matter how many sweeps a call has.</summary>
    internal static ulong[] NextKeys(Tensor streams, int count)
    {
        using var near = streams.cpu();
        ref var first = ref In(near)[0];
        var keys = new ulong[count];
        for (var i = 0; i < count; i++) keys[i] = NextKey(ref first);
        if (streams.device.type != DeviceType.CPU) streams.copy_(near);
        return keys;
    }

    /// <summary>The next 64 bits of a stream.</summary>
    internal static ulong NextKey(ref Xoshiro128 stream) => System.Runtime.Intrinsics.Vector256.AsUInt64(stream.Next())[0];
}
