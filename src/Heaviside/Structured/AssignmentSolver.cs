namespace Heaviside.Structured;

/// <summary>The Hungarian method for <see cref="LinearAssignment"/> and <see cref="Permutation"/>, in memory that it keeps; rows at most columns.</summary>
internal sealed class AssignmentSolver(int rows, int columns)
{
    // Index 0 stands for none, as rows and columns count from 1.
    private readonly double[] rowPrice = new double[rows + 1];
    private readonly double[] columnPrice = new double[columns + 1];
    private readonly double[] distance = new double[columns + 1];
    private readonly double[] reduced = new double[rows * columns];
    private readonly int[] rowOf = new int[columns + 1];
    private readonly int[] columnOf = new int[rows + 1];
    private readonly int[] before = new int[columns + 1];
    private readonly bool[] isDone = new bool[columns + 1];

    /// <summary>The column of a row, both from 0, in the last solution.</summary>
    internal int ColumnOf(int row) => columnOf[row + 1] - 1;

    // Adds one row after the other along the cheapest path of reduced costs.
    /// <summary>Finds a best assignment.</summary>
    /// <param name="scores">Row by row, <c>[rows, columns]</c>.</param>
    internal void Maximize(ReadOnlySpan<double> scores)
    {
        Array.Clear(rowPrice);
        Array.Clear(columnPrice);
        Array.Clear(rowOf);
        for (var row = 1; row <= rows; row++)
        {
            Array.Fill(distance, double.PositiveInfinity);
            Array.Clear(isDone);
            rowOf[0] = row;
            var column = 0;
            do
            {
                isDone[column] = true;
                var (from, next, step) = (rowOf[column], 0, double.PositiveInfinity);
                var given = scores.Slice((from - 1) * columns, columns);
                for (var c = 1; c <= columns; c++)
                {
                    if (isDone[c]) continue;
                    var cost = -given[c - 1] - rowPrice[from] - columnPrice[c];
                    if (cost < distance[c]) (distance[c], before[c]) = (cost, column);
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

        for (var c = 1; c <= columns; c++) columnOf[rowOf[c]] = c;
        for (var r = 1; r <= rows; r++)
            for (var c = 1; c <= columns; c++) reduced[((r - 1) * columns) + c - 1] = -scores[((r - 1) * columns) + c - 1] - rowPrice[r] - columnPrice[c];
    }

    // Assignments are equally good where all their reduced costs are 0. Row by row, the farthest such column that leaves
    // the rows after it something: there is a path of such pairs that gives its row another one.
    /// <summary>Of equally good assignments of as many rows as columns, takes that with the first row as far right as possible, then the second, ....</summary>
    internal void MoveRight()
    {
        for (var row = 1; row <= rows; row++)
        {
            for (var c = columns; c > columnOf[row]; c--)
            {
                if (!IsTight(row, c)) continue;
                Array.Clear(isDone);
                isDone[c] = true;
                var (free, displaced) = (columnOf[row], rowOf[c]);
                if (displaced < row || !Reassign(displaced, row, free)) continue;
                (columnOf[row], rowOf[c]) = (c, row);
                break;
            }
        }
    }

    private bool IsTight(int row, int column) => reduced[((row - 1) * columns) + column - 1] <= 0;

    // Gives a row another column: the free one, or that of a row after the fixed ones, which takes another in turn.
    private bool Reassign(int row, int lastFixed, int free)
    {
        for (var c = 1; c <= columns; c++)
        {
            if (isDone[c] || !IsTight(row, c)) continue;
            isDone[c] = true;
            if (c != free && (rowOf[c] <= lastFixed || !Reassign(rowOf[c], lastFixed, free))) continue;
            (columnOf[row], rowOf[c]) = (c, row);
            return true;
        }

        return false;
    }
}
