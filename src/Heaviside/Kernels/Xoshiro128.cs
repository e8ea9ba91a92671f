using System.Runtime.Intrinsics;
using Heaviside.Numerics;

namespace Heaviside.Kernels;

/// <summary>Eight xoshiro128++ streams side by side (Blackman and Vigna, arXiv:1805.01407), for filling tensors with noise.</summary>
/// <remarks>A generator gives one key per tensor, from which the streams are seeded: the noise is a function of the
/// generator's state, the same bits on every processor.</remarks>
internal struct Xoshiro128
{
    private Vector256<uint> s0, s1, s2, s3;

    internal Xoshiro128(ulong key)
    {
        var seeds = new SplitMix64(key);
        (s0, s1, s2, s3) = (Lanes(ref seeds), Lanes(ref seeds), Lanes(ref seeds), Lanes(ref seeds));
    }

    /// <summary>Streams with a key drawn from a generator of the CPU.</summary>
    internal static Xoshiro128 From(Generator rng) => new(Randomness.NextKey(rng));

    /// <summary>The next 32 random bits of each stream.</summary>
    internal Vector256<uint> Next()
    {
        var result = RotateLeft(s0 + s3, 7) + s0;
        var t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = RotateLeft(s3, 11);
        return result;
    }

    /// <summary>Eight uniform numbers in (0, 1]: 32 random bits each, of which small numbers keep all digits.</summary>
    internal Vector256<float> NextUniform() =>
        (Vector256.ConvertToSingle(Next()) + Vector256.Create(0.5f)) * (1f / (1L << 32));

    private static Vector256<uint> RotateLeft(Vector256<uint> x, int k) => (x << k) | (x >> (32 - k));

    private static Vector256<uint> Lanes(ref SplitMix64 seeds)
    {
        Span<uint> lanes = stackalloc uint[8];
        for (var i = 0; i < 8; i++) lanes[i] = (uint)(seeds.Next() >> 32);
        return Vector256.Create<uint>(lanes);
    }
}
