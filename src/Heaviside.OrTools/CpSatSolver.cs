using System.Numerics;
using Heaviside.Structured;

namespace Heaviside.OrTools;

/// <summary>One problem at a time by CP-SAT, for <see cref="CpSat"/>.</summary>
/// <remarks>
/// <para>Whole scores c_k that settle ties may have thousands of binary digits, and an objective of CP-SAT has few. So the
/// leading digits come first: c_k = m_k 2^s + r_k, rounded towards 0. Let M be the largest sum of m_k; as the sum of r_k lies in
/// [-d, u], no assignment whose sum is below M - (u + d) / 2^s is best. The others are kept by a variable
/// g = sum of m_k - M in [-(u + d) / 2^s, 0], and g 2^(s - s') + the next digits of r_k is the next objective. Where no digits
/// are left, or only one assignment, it is the best.</para>
/// </remarks>
internal sealed class CpSatSolver : ArgmaxSolver
{
    // Of an objective, in binary. CP-SAT compares objectives as doubles too, so that they must be below 53.
    private const int Digits = 40;

    /// <inheritdoc/>
    public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best)
    {
        if (pairwise.IsEmpty)
        {
            for (var i = 0; i < unary.Length; i++) best[i] = unary[i] > 0 ? 1 : 0;
            return;
        }

        var rest = WholeScores.Of(unary, pairwise);
        WholeScores.SettleTies(rest, unary.Length);
        var found = Best(new BitProgram(rest, unary.Length), rest);
        for (var i = 0; i < found.Length; i++) best[i] = found[i] ? 1 : 0;
    }

    private static bool[] Best(BitProgram program, BigInteger[] rest)
    {
        var (gap, slack, before) = (-1, 0L, 0); // before: the s of the stage before
        while (true)
        {
            var size = (BigInteger)slack << before;
            foreach (var r in rest) size += BigInteger.Abs(r);
            var s = (int)Math.Max(0, (long)size.GetBitLength() - Digits);
            var sum = Leading(program, rest, s);
            if (slack > 0) sum.Add((gap, 1L << (before - s))); // else g = 0, and s may be far below
            var (bits, top) = program.Maximize(sum);
            if (s == 0) return bits;

            (slack, before) = (Slack(rest, s), s);
            if (s > Digits && !program.HasOther(bits, top, slack)) return bits; // else one more objective is as good as asking
            gap = program.Keep(sum, top, slack);
        }
    }

    // The digits above s of each term as its weight, which are taken off the rest.
    private static List<(int Variable, long Weight)> Leading(BitProgram program, BigInteger[] rest, int s)
    {
        var sum = new List<(int, long)>();
        for (var k = 0; k < rest.Length; k++)
        {
            var weight = rest[k].Sign * (long)(BigInteger.Abs(rest[k]) >> s);
            rest[k] -= (BigInteger)weight << s;
            if (weight != 0) sum.Add((program.Terms[k], weight));
        }

        return sum;
    }

    // (u + d) / 2^s, rounded down as sums are whole.
    private static long Slack(BigInteger[] rest, int s)
    {
        var range = BigInteger.Zero;
        foreach (var r in rest) range += BigInteger.Abs(r);
        return (long)(range >> s);
    }
}
