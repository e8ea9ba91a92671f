namespace Heaviside.Structured;

/// <summary>Exact where every pair is rewarded for being 1 together: the best assignment is a minimum cut.</summary>
/// <remarks>
/// <para>Requires pair scores of at least 0 (a supermodular objective); take their softplus. The cost grows as N^3 at worst.</para>
/// <para>With z_i z_j = (z_i + z_j - |z_i - z_j|) / 2, the score is minus a cut of the graph whose nodes are the bits, with
/// capacities w_ij / 2 between them and t_i = -u_i - sum_j w_ij / 2 from the source (t_i &gt; 0) or to the sink; ones lie
/// on the side of the sink. Of minimum cuts the one with the fewest ones is taken, which is the lowest.</para>
/// <para>Reference: Kolmogorov and Zabih 2004, doi:10.1109/TPAMI.2004.1262177.</para>
/// </remarks>
public sealed class MaxFlow : ArgmaxOracle
{
    /// <inheritdoc/>
    public override bool IsFree => true;

    /// <inheritdoc/>
    public override bool TakesPairs => true;

    /// <inheritdoc/>
    protected override void RequireScores(ReadOnlySpan<double> pairwise, int bits)
    {
        var negative = pairwise.IndexOfAnyInRange(double.NegativeInfinity, -double.Epsilon);
        if (negative < 0) return;
        var pairs = BitPairs.Count(bits);
        var (i, j) = BitPairs.At(negative % pairs, bits);
        throw new ArgumentException(
            $"pairwise: max-flow needs scores of at least 0, got {pairwise[negative]} for bits {i} and {j} of example {negative / pairs}; use BranchAndBound for scores of any sign", nameof(pairwise));
    }

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new PushRelabelSolver(bits);
}
