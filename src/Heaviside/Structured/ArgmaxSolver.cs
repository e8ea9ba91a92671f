namespace Heaviside.Structured;

/// <summary>Solves problems of one size, one after the other, in memory that it keeps: each thread has its own.</summary>
public abstract class ArgmaxSolver
{
    /// <summary>Finds the best assignment; of equals, the lowest.</summary>
    /// <param name="unary">Finite score of each bit, <c>[N]</c>.</param>
    /// <param name="pairwise">Finite score of each pair, <c>[N(N-1)/2]</c>; empty where there are no pair scores.</param>
    /// <param name="best">Takes the bits, <c>[N]</c> of 0 and 1; holds anything before.</param>
    public abstract void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best);
}
