
namespace Heaviside.Kernels;

/// <summary>Bits that are 1 with given probabilities, exact to 2^-32; probabilities of 0 and 1 are certain.</summary>
internal static class BernoulliBits
{
    /// <summary>Draws bits of a shape that ends in the shape of the probabilities.</summary>
    internal static Tensor Draw(ReadOnlySpan<long> shape, Tensor probs, Generator rng)
    {
        if (!Fast.CanLoop(probs))
        {
            // In double precision a probability far below 2^-24 keeps its meaning.
            using var u = torch.rand(shape, ScalarType.Float64, probs.device, generator: rng);
            using var p = probs.to(ScalarType.Float64);
            using var below = u.lt(p);
            return below.to(probs.dtype);
        }

        using var scope = torch.NewDisposeScope();
        var bits = Fast.New(shape);
        Fill(bits.AsSpan<float>(), Fast.Read(probs), Xoshiro128.From(rng));
        return scope.MoveToOuter(bits);
    }

    private static void Fill(Span<float> bits, ReadOnlySpan<float> probs, Xoshiro128 random)
    {
        Span<uint> numbers = stackalloc uint[8];
        for (int i = 0, p = 0; i < bits.Length; i++)
        {
            if (i % 8 == 0) System.Runtime.Intrinsics.Vector256.CopyTo(random.Next(), numbers);
            bits[i] = (numbers[i % 8] + 0.5) / (1L << 32) < probs[p] ? 1 : 0;
            if (++p == probs.Length) p = 0;
        }
    }
}
