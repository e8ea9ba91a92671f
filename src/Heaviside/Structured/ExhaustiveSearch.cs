namespace Heaviside.Structured;

/// <summary>The best of all 2^N assignments, by computing every score: up to 22 bits, scores of pairs of any sign.</summary>
/// <remarks>One addition for each assignment, several at a time: the scores of the last eight bits are a table, and the
/// bits before them are walked as a tree, whose next bit adds one row of numbers to its parent's table. Against a walk
/// by Gray code, which costs as much, every score is the sum of N numbers or so and rounding does not add up.
/// Reference: exact.</remarks>
public sealed class ExhaustiveSearch : ArgmaxOracle
{
    /// <summary>The most bits that it searches.</summary>
    public const int MaxBits = 22;

    /// <inheritdoc/>
    public override bool IsFree => true;

    /// <inheritdoc/>
    public override bool TakesPairs => true;

    /// <inheritdoc/>
    protected override void RequireBits(int bits)
    {
        base.RequireBits(bits);
        if (bits > MaxBits) throw new ArgumentException($"exhaustive search is for up to {MaxBits} bits, got {bits}; use BranchAndBound", nameof(bits));
    }

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new ExhaustiveSolver(bits);
}
