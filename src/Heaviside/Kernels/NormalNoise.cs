using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>Standard normal noise by the method of Box and Muller, sixteen numbers at a time.</summary>
internal static class NormalNoise
{
    /// <summary>A tensor of noise in CPU memory.</summary>
    internal static Tensor Draw(ReadOnlySpan<long> shape, Generator rng)
    {
        var noise = Fast.New(shape);
        Fill(noise.AsSpan<float>(), Xoshiro128.From(rng));
        return noise;
    }

    private static void Fill(Span<float> noise, Xoshiro128 random)
    {
        Span<float> pair = stackalloc float[16];
        while (noise.Length >= 16)
        {
            Next(ref random, noise);
            noise = noise[16..];
        }

        Next(ref random, pair);
        pair[..noise.Length].CopyTo(noise);
    }

    // sqrt(-2 log u) (sin a, cos a) with a = 2 pi v.
    private static void Next(ref Xoshiro128 random, Span<float> to)
    {
        var radius = Vector256.Sqrt(-2 * Vector256.Log(random.NextUniform()));
        var (sine, cosine) = Vector256.SinCos(2 * MathF.PI * random.NextUniform());
        (radius * sine).CopyTo(to);
        (radius * cosine).CopyTo(to[8..]);
    }
}
