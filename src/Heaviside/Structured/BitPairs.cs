
namespace Heaviside.Structured;

/// <summary>The pairs i &lt; j of N bits, in the order (0, 1), (0, 2), ..., (0, N - 1), (1, 2), ....</summary>
public static class BitPairs
{
    /// <summary>How many pairs N bits have: N (N - 1) / 2.</summary>
    public static int Count(int bits) => bits * (bits - 1) / 2;

    /// <summary>The place of the pair i &lt; j among the pairs of N bits.</summary>
    public static int Index(int i, int j, int bits) => (i * ((2 * bits) - i - 1) / 2) + j - i - 1;

    /// <summary>The pair at a place.</summary>
    public static (int I, int J) At(int index, int bits)
    {
        var i = 0;
        for (; index >= bits - 1 - i; i++) index -= bits - 1 - i;
        return (i, i + 1 + index);
    }

    /// <summary>z_i z_j of every pair, differentiable: what the pair scores multiply.</summary>
    /// <param name="z">Shape <c>[..., N]</c>.</param>
    /// <returns>Shape <c>[..., N(N-1)/2]</c>.</returns>
    public static Tensor Products(Tensor z)
    {
        var bits = z.size(-1);
        var pairs = torch.triu_indices(bits, bits, 1, ScalarType.Int64, z.device);
        return z.index_select(-1, pairs[0]) * z.index_select(-1, pairs[1]);
    }

    /// <summary>Writes pair scores into a symmetric matrix of N rows, its diagonal left as it is.</summary>
    internal static void Spread(ReadOnlySpan<double> pairs, Span<double> matrix, int bits)
    {
        for (int i = 0, at = 0; i < bits; i++)
            for (var j = i + 1; j < bits; j++, at++)
                matrix[(i * bits) + j] = matrix[(j * bits) + i] = pairs[at];
    }
}
