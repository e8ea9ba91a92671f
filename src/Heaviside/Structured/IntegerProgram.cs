namespace Heaviside.Structured;

/// <summary>Exact for scores of pairs of any sign and any number of bits, by the integer program solver COIN-OR cbc.</summary>
/// <remarks>
/// <para>Starts the command <c>cbc</c> once for each example, with an integer program in a private temporary folder; for
/// problems that <see cref="BranchAndBound"/> cannot take, as starting a process costs far more than a small problem. Each product z_i z_j becomes a
/// variable y with y &lt;= z_i and y &lt;= z_j (positive scores) or y &gt;= z_i + z_j - 1 (negative ones).</para>
/// <para>Of equally good assignments it gives any, not the lowest; scores that differ by less than the solver's
/// tolerances, about 1e-7 of the largest, count as equal. Reference: Glover and Woolsey 1974, doi:10.1287/opre.22.1.180.</para>
/// </remarks>
public sealed class IntegerProgram : ArgmaxOracle
{
    /// <summary>The command of the solver, <c>cbc</c> by default.</summary>
    public string Command { get; init; } = "cbc";

    /// <inheritdoc/>
    public override bool IsFree => true;

    /// <inheritdoc/>
    public override bool TakesPairs => true;

    /// <summary>Whether the solver can be started on this machine.</summary>
    public bool IsInstalled => Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, Command))) == true || File.Exists(Command);

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new CbcSolver(Command);
}
