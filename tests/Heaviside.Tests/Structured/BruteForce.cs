namespace Heaviside.Tests.Structured;

/// <summary>The definition of an argmax: every assignment in its order, of which only a better one replaces the best.</summary>
internal static class BruteForce
{
    /// <summary>The best allowed assignment of one problem and its score.</summary>
    public static (double[] Best, double Score) Maximize(double[] unary, double[]? pairwise, Func<double[], bool> isAllowed)
    {
        var (best, top) = (Array.Empty<double>(), double.NegativeInfinity);
        foreach (var z in All(unary.Length).Where(isAllowed))
        {
            var score = Score(z, unary, pairwise);
            if (score > top) (best, top) = (z, score);
        }

        return (best, top);
    }

    /// <summary>All assignments of N bits, as binary numbers whose first digit is bit 0.</summary>
    public static IEnumerable<double[]> All(int bits) =>
        Enumerable.Range(0, 1 << bits).Select(code => Enumerable.Range(0, bits).Select(i => (double)((code >> (bits - 1 - i)) & 1)).ToArray());

    /// <summary>sum_i u_i z_i + sum_(i &lt; j) w_ij z_i z_j.</summary>
    public static double Score(double[] z, double[] unary, double[]? pairwise)
    {
        var score = 0.0;
        for (int i = 0, p = 0; i < z.Length; i++)
        {
            score += unary[i] * z[i];
            for (var j = i + 1; j < z.Length; j++, p++) score += (pairwise?[p] ?? 0) * z[i] * z[j];
        }

        return score;
    }

    /// <summary>Whether edges of a complete graph connect its vertices without a cycle.</summary>
    public static bool IsTree(double[] edges, int vertices)
    {
        var reached = new HashSet<int> { 0 };
        for (var round = 0; round < vertices; round++)
            for (int i = 0, e = 0; i < vertices; i++)
                for (var j = i + 1; j < vertices; j++, e++)
                    if (edges[e] == 1 && (reached.Contains(i) || reached.Contains(j))) reached.UnionWith([i, j]);
        return edges.Sum() == vertices - 1 && reached.Count == vertices;
    }

    /// <summary>Whether a square matrix, row by row, has a single one in each row and column.</summary>
    public static bool IsPermutation(double[] matrix, int size) =>
        Enumerable.Range(0, size).All(k => matrix.Skip(k * size).Take(size).Sum() == 1 && Enumerable.Range(0, size).Sum(r => matrix[(r * size) + k]) == 1);
}
