namespace Heaviside.Structured;

/// <summary>Bits without scores of pairs: each is 1 where its score is greater than 0.</summary>
public sealed class IndependentBits : ArgmaxOracle
{
    /// <inheritdoc/>
    public override bool IsFree => true;

    /// <inheritdoc/>
    public override bool TakesPairs => false;

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new Solver();

    /// <summary>Solves one problem; oracles with pairs do so where there are none.</summary>
    internal static void Threshold(ReadOnlySpan<double> unary, Span<double> best)
    {
        for (var i = 0; i < unary.Length; i++) best[i] = unary[i] > 0 ? 1 : 0;
    }

    private sealed class Solver : ArgmaxSolver
    {
        public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best) => Threshold(unary, best);
    }
}
