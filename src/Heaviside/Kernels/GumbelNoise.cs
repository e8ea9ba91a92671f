using System.Runtime.Intrinsics;
using Heaviside.Torch;

namespace Heaviside.Kernels;

/// <summary>Standard Gumbel noise, -log(-log u), in one pass.</summary>
internal static class GumbelNoise
{
    // -log u is 0 once in 2^24 draws; half of the smallest other value keeps the noise finite.
    private const float Smallest = 1f / (1 << 25);

    /// <summary>A tensor of noise in CPU memory.</summary>
    internal static Tensor Draw(Longs shape, Generator rng)
    {
        var noise = Fast.New(shape);
        Fill(noise.AsSpan<float>(), Xoshiro128.From(rng));
        return noise;
    }

    /// <summary>Fills memory with noise.</summary>
    internal static void Fill(Span<float> noise, Xoshiro128 random)
    {
        Span<float> rest = stackalloc float[8];
        while (noise.Length >= 8)
        {
            Next(ref random).CopyTo(noise);
            noise = noise[8..];
        }

        Next(ref random).CopyTo(rest);
        rest[..noise.Length].CopyTo(noise);
    }

    private static Vector256<float> Next(ref Xoshiro128 random)
    {
        var exponential = Vector256.Max(-Vector256.Log(random.NextUniform()), Vector256.Create(Smallest));
        return -Vector256.Log(exponential);
    }
}
