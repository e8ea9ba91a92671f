using Heaviside.Structured;

namespace Heaviside.Tests.Structured;

public class LinearAssignmentTests
{
    public static TheoryData<int, int> Sizes() => new() { { 1, 1 }, { 2, 2 }, { 5, 5 }, { 7, 7 }, { 3, 6 }, { 6, 3 }, { 1, 5 }, { 5, 1 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Maximize_RandomScores_EqualsBruteForce(int rows, int columns)
    {
        var random = new Random(rows + (10 * columns));
        for (var trial = 0; trial < 30; trial++)
        {
            // Few different values make ties, and negative ones must not matter.
            var scores = Scores(rows, columns, () => trial % 2 == 0 ? random.Next(-3, 4) : random.NextDouble() - 0.5);
            var columnOf = LinearAssignment.Maximize(scores);
            columnOf.Length.ShouldBe(rows);
            var used = columnOf.Where(c => c >= 0).ToList();
            used.ShouldBeUnique();
            used.Count.ShouldBe(Math.Min(rows, columns));
            columnOf.Index().Where(r => r.Item >= 0).Sum(r => scores[r.Index, r.Item]).ShouldBe(Best(scores, 0, []), 1e-9);
        }
    }

    [Fact]
    public void Maximize_NotFinite_IsRefused() =>
        Should.Throw<NonFiniteException>(() => LinearAssignment.Maximize(new[,] { { 0, double.NaN } })).Message.ShouldContain("NaN");

    private static double[,] Scores(int rows, int columns, Func<double> next)
    {
        var scores = new double[rows, columns];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) scores[r, c] = next();
        return scores;
    }

    // Every row takes one of the columns left, or none if there are more rows than columns.
    private static double Best(double[,] scores, int row, HashSet<int> taken)
    {
        var (rows, columns) = (scores.GetLength(0), scores.GetLength(1));
        if (row == rows) return taken.Count == Math.Min(rows, columns) ? 0 : double.NegativeInfinity;
        var best = rows > columns ? Best(scores, row + 1, taken) : double.NegativeInfinity;
        for (var c = 0; c < columns; c++)
            if (!taken.Contains(c)) best = Math.Max(best, scores[row, c] + Best(scores, row + 1, [.. taken, c]));
        return best;
    }
}
