namespace Heaviside.Structured;

/// <summary>Exact for scores of pairs of any sign, up to 64 bits, by depth-first search that leaves out what cannot be best.</summary>
/// <remarks>
/// <para>With s_i = 2 z_i - 1 the score is a constant plus sum_i h_i s_i + sum_(i &lt; j) J_ij s_i s_j. The problem of the
/// last bits alone is solved first, then with one bit more at a time, each search bounded by the ones before: given the
/// first p bits, no completion scores more than their own score + the best of the last N - p bits alone +
/// sum_j |sum_(i &lt; p) J_ij s_i|. Bits with strong pairs come first.</para>
/// <para>The time depends on the scores and grows exponentially at worst; <c>docs/methods/argmax-oracles.md</c> has what was measured.
/// Reference: Verfaillie, Lemaitre and Schiex 1996, Russian doll search for solving constraint optimization problems (AAAI-96).</para>
/// </remarks>
public sealed class BranchAndBound : ArgmaxOracle
{
    /// <summary>The most bits that it takes.</summary>
    public const int MaxBits = 64;

    /// <inheritdoc/>
    public override bool IsFree => true;

    /// <inheritdoc/>
    public override bool TakesPairs => true;

    /// <inheritdoc/>
    protected override void RequireBits(int bits)
    {
        base.RequireBits(bits);
        if (bits > MaxBits) throw new ArgumentException($"branch and bound is for up to {MaxBits} bits, got {bits}; use CpSat of the package Heaviside.OrTools, or MaxFlow where no pair score is negative", nameof(bits));
    }

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new RussianDollSolver(bits);
}
