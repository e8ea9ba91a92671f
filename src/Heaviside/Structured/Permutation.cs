namespace Heaviside.Structured;

/// <summary>Permutation matrices: n x n bits, row by row, with a single one in each row and each column.</summary>
/// <remarks>Solved as a <see cref="LinearAssignment"/>, in O(n^3). Reference: Kuhn 1955, doi:10.1002/nav.3800020109.</remarks>
public sealed class Permutation : StructureOracle
{
    /// <inheritdoc/>
    protected override void RequireBits(int bits)
    {
        base.RequireBits(bits);
        if (Size(bits) * Size(bits) != bits) throw new ArgumentException($"permutation: expected n^2 bits, got {bits}", nameof(bits));
    }

    /// <inheritdoc/>
    protected override double Count(int bits) => MathNet.Numerics.SpecialFunctions.Factorial(Size(bits));

    /// <inheritdoc/>
    protected override void List(int bits, Span<float> table)
    {
        var columnOf = new int[Size(bits)];
        foreach (var _ in Fill(0, columnOf, new bool[columnOf.Length]))
        {
            for (var r = 0; r < columnOf.Length; r++) table[(r * columnOf.Length) + columnOf[r]] = 1;
            table = table[bits..];
        }
    }

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new Solver(Size(bits));

    private static int Size(int bits) => (int)Math.Round(Math.Sqrt(bits));

    // A one farther to the right is a lower number.
    private static IEnumerable<int> Fill(int row, int[] columnOf, bool[] isTaken)
    {
        if (row == columnOf.Length) yield return row;
        for (var c = columnOf.Length - 1; c >= 0 && row < columnOf.Length; c--)
        {
            if (isTaken[c]) continue;
            (columnOf[row], isTaken[c]) = (c, true);
            foreach (var done in Fill(row + 1, columnOf, isTaken)) yield return done;
            isTaken[c] = false;
        }
    }

    private sealed class Solver(int size) : ArgmaxSolver
    {
        private readonly AssignmentSolver assignment = new(size, size);

        public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best)
        {
            assignment.Maximize(unary);
            assignment.MoveRight();
            best.Clear();
            for (var r = 0; r < size; r++) best[(r * size) + assignment.ColumnOf(r)] = 1;
        }
    }
}
