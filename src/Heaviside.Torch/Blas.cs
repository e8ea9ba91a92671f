namespace Heaviside.Torch;

/// <summary>The matrix product of OpenBLAS on plain memory, for loops that share rows among threads of their own.</summary>
/// <remarks>Calls from several threads at once are fine, and of use while OpenBLAS itself has one thread.</remarks>
public static unsafe class Blas
{
    private const int RowMajor = 101, Plain = 111, Transposed = 112;

    private static readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Product =
        (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)torch.BlasFunction("cblas_sgemm");

    /// <summary>Whether libtorch uses OpenBLAS, so that the product is there.</summary>
    public static bool IsAvailable => Product != null;

    /// <summary>C = alpha A B, row-major: C is <c>[m, n]</c>, A <c>[m, k]</c> or, transposed, <c>[k, m]</c>, B <c>[k, n]</c> or <c>[n, k]</c>.</summary>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">What is summed over.</param>
    /// <param name="alpha">A factor.</param>
    /// <param name="a">A.</param>
    /// <param name="aStride">Numbers from a row of A's memory to the next.</param>
    /// <param name="aTransposed">Whether the memory holds A's transpose.</param>
    /// <param name="b">B.</param>
    /// <param name="bStride">Numbers from a row of B's memory to the next.</param>
    /// <param name="bTransposed">Whether the memory holds B's transpose.</param>
    /// <param name="c">C.</param>
    /// <param name="cStride">Numbers from a row of C's memory to the next.</param>
    public static void Multiply(
        int m, int n, int k, float alpha, float* a, int aStride, bool aTransposed, float* b, int bStride, bool bTransposed, float* c, int cStride) =>
        Product(RowMajor, aTransposed ? Transposed : Plain, bTransposed ? Transposed : Plain, m, n, k, alpha, a, aStride, b, bStride, 0, c, cStride);
}
