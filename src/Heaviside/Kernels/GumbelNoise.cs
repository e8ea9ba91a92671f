using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>Standard Gumbel noise, -log(-log u), in one pass.</summary>
internal static class GumbelNoise
{
    // Below it -log(1 - v) is taken from its series: 1 - v would keep too few digits, and rare large noise needs them.
    private const float Series = 1f / (1 << 9);

    // The largest number below 1, so that the logarithm of 1 - v is finite.
    private const float BelowOne = 1 - (1f / (1 << 24));

    /// <summary>A tensor of noise in CPU memory.</summary>
    internal static Tensor Draw(ReadOnlySpan<long> shape, Generator rng) => Fast.Draw(shape, new DoubleLogarithm(Xoshiro128.From(rng)));

    private struct DoubleLogarithm(Xoshiro128 random) : INoise
    {
        public Vector256<float> Next()
        {
            var v = Vector256.Min(random.NextUniform(), Vector256.Create(BelowOne));
            var series = v * (Vector256<float>.One + (v * (Vector256.Create(0.5f) + (v * (1f / 3)))));
            var exponential = Vector256.ConditionalSelect(Vector256.LessThan(v, Vector256.Create(Series)), series, -Vector256.Log(Vector256<float>.One - v));
            return -Vector256.Log(exponential);
        }
    }
}
