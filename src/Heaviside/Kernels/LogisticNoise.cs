using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>Standard logistic noise, log u - log(1 - u), in one pass.</summary>
internal static class LogisticNoise
{
    /// <summary>A tensor of noise in CPU memory.</summary>
    internal static Tensor Draw(ReadOnlySpan<long> shape, Generator rng) => Fast.Draw(shape, new Logit(Xoshiro128.From(rng)));

    // With n of 32 bits, u = (n + 1/2) / 2^32 and 1 - u = (2^32 - 1 - n + 1/2) / 2^32: both ends keep all their digits.
    private struct Logit(Xoshiro128 random) : INoise
    {
        public Vector256<float> Next()
        {
            var n = random.Next();
            var half = Vector256.Create(0.5f);
            return Vector256.Log((Vector256.ConvertToSingle(n) + half) / (Vector256.ConvertToSingle(~n) + half));
        }
    }
}
