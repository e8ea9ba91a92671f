using Heaviside.Structured;

namespace Heaviside.OrTools;

/// <summary>Exact for scores of pairs of any sign and any number of bits, by the constraint solver CP-SAT of OR-Tools.</summary>
/// <remarks>
/// <para>For problems that <see cref="BranchAndBound"/> cannot take: more than 64 bits, or scores on which it is slow. The
/// solver runs in this process, on the thread that asks, with a fixed seed and no limit of time: the answer is a function
/// of the scores. Each product z_i z_j whose score is not 0 becomes a bit y with y &lt;= z_i and y &lt;= z_j (positive
/// scores) or y &gt;= z_i + z_j - 1 (negative ones).</para>
/// <para>The answer is that of exact arithmetic: CP-SAT takes whole numbers, and every finite double is one times a power
/// of two. Of equal assignments it is the lowest, as with all oracles; of scores so close that another oracle's sums in
/// double precision cannot tell them apart, it is the truly best one. Scores of very different size cost more solver
/// calls, one for every 40 bits or so of the widest whole number.</para>
/// <para>The program adds the package Google.OrTools.runtime of its platform, such as Google.OrTools.runtime.linux-x64;
/// where it is missing, solving throws an <see cref="InputException"/> that names it. References: Glover and Woolsey 1974,
/// doi:10.1287/opre.22.1.180, for the products; Perron, Didier and Gay 2023, doi:10.4230/LIPIcs.CP.2023.3, for the solver.</para>
/// </remarks>
public sealed class CpSat : ArgmaxOracle
{
    /// <inheritdoc/>
    public override bool IsFree => true;

    /// <inheritdoc/>
    public override bool TakesPairs => true;

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new CpSatSolver();
}
