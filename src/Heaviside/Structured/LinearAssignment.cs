namespace Heaviside.Structured;

/// <summary>The best one-to-one assignment of rows to columns: the Hungarian method.</summary>
/// <remarks>Shortest augmenting paths with dual prices, O(rows^2 columns) for rows at most columns. Reference: Kuhn 1955,
/// doi:10.1002/nav.3800020109, as Jonker and Volgenant 1987, doi:10.1007/BF02278710.</remarks>
public static class LinearAssignment
{
    /// <summary>The assignment with the largest sum of scores.</summary>
    /// <param name="scores">Finite scores, rows by columns.</param>
    /// <returns>The column of each row, all different; -1 for the rows that are left out where there are more rows than columns.</returns>
    public static int[] Maximize(double[,] scores)
    {
        var (rows, columns) = (scores.GetLength(0), scores.GetLength(1));
        foreach (var score in scores)
            if (!double.IsFinite(score)) throw new ArgumentException($"scores: expected finite numbers, got {score}", nameof(scores));
        if (rows <= columns) return Match(rows, columns, (r, c) => -scores[r, c]);
        var rowOf = Match(columns, rows, (c, r) => -scores[r, c]);
        var result = new int[rows];
        Array.Fill(result, -1);
        for (var c = 0; c < columns; c++) result[rowOf[c]] = c;
        return result;
    }

    // Adds one row after the other along the cheapest path of reduced costs. Index 0 stands for none, as rows and columns count from 1.
    private static int[] Match(int rows, int columns, Func<int, int, double> cost)
    {
        var (rowPrice, columnPrice) = (new double[rows + 1], new double[columns + 1]);
        var rowOf = new int[columns + 1];
        for (var row = 1; row <= rows; row++)
        {
            var distance = new double[columns + 1];
            var before = new int[columns + 1];
            var isDone = new bool[columns + 1];
            Array.Fill(distance, double.PositiveInfinity);
            rowOf[0] = row;
            var column = 0;
            do
            {
                isDone[column] = true;
                var (from, next, step) = (rowOf[column], 0, double.PositiveInfinity);
                for (var c = 1; c <= columns; c++)
                {
                    if (isDone[c]) continue;
                    var reduced = cost(from - 1, c - 1) - rowPrice[from] - columnPrice[c];
                    if (reduced < distance[c]) (distance[c], before[c]) = (reduced, column);
                    if (distance[c] < step) (step, next) = (distance[c], c);
                }

                for (var c = 0; c <= columns; c++)
                {
                    if (!isDone[c])
                    {
                        distance[c] -= step;
                        continue;
                    }

                    rowPrice[rowOf[c]] += step;
                    columnPrice[c] -= step;
                }

                column = next;
            }
            while (rowOf[column] != 0);

            for (; column != 0; column = before[column]) rowOf[column] = rowOf[before[column]];
        }

        var result = new int[rows];
        for (var c = 1; c <= columns; c++)
            if (rowOf[c] > 0) result[rowOf[c] - 1] = c - 1;
        return result;
    }
}
