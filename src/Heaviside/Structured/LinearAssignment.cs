using System.Runtime.InteropServices;

namespace Heaviside.Structured;

/// <summary>The best one-to-one assignment of rows to columns: the Hungarian method.</summary>
/// <remarks>Shortest augmenting paths with dual prices, O(rows^2 columns) for rows at most columns. Reference: Kuhn 1955,
/// doi:10.1002/nav.3800020109, as Jonker and Volgenant 1987, doi:10.1007/BF02278710.</remarks>
public static class LinearAssignment
{
    /// <summary>The assignment with the largest sum of scores.</summary>
    /// <param name="scores">Finite scores, rows by columns.</param>
    /// <exception cref="NonFiniteException">A score is NaN or infinite.</exception>
    /// <returns>The column of each row, all different; -1 for the rows that are left out where there are more rows than columns.</returns>
    public static int[] Maximize(double[,] scores)
    {
        var (rows, columns) = (scores.GetLength(0), scores.GetLength(1));
        foreach (var score in scores)
            if (!double.IsFinite(score)) throw new NonFiniteException($"scores: expected finite numbers, got {score}");
        if (rows <= columns) return Match(scores);

        var transposed = new double[columns, rows];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) transposed[c, r] = scores[r, c];
        var result = new int[rows];
        Array.Fill(result, -1);
        foreach (var (column, row) in Match(transposed).Index()) result[row] = column;
        return result;
    }

    private static int[] Match(double[,] scores)
    {
        var (rows, columns) = (scores.GetLength(0), scores.GetLength(1));
        var solver = new AssignmentSolver(rows, columns);
        if (scores.Length > 0) solver.Maximize(MemoryMarshal.CreateReadOnlySpan(ref scores[0, 0], scores.Length));
        return [.. Enumerable.Range(0, rows).Select(solver.ColumnOf)];
    }
}
