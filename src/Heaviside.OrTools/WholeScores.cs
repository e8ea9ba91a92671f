using System.Numerics;

namespace Heaviside.OrTools;

/// <summary>Scores as whole numbers without any rounding: every finite double is m 2^e with whole m.</summary>
internal static class WholeScores
{
    private const int FractionBits = 52;
    private const int ExponentOfUnit = 1075; // of the last binary digit of a double whose exponent field is 0

    /// <summary>The scores in one unit, the largest power of two in which all are whole: <c>[N + P]</c>, bits first.</summary>
    /// <param name="unary">Finite score of each bit, <c>[N]</c>.</param>
    /// <param name="pairwise">Finite score of each pair, <c>[P]</c>.</param>
    internal static BigInteger[] Of(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise)
    {
        var unit = Math.Min(LowestExponent(unary), LowestExponent(pairwise));
        var whole = new BigInteger[unary.Length + pairwise.Length];
        for (var i = 0; i < unary.Length; i++) whole[i] = Whole(unary[i], unit);
        for (var p = 0; p < pairwise.Length; p++) whole[unary.Length + p] = Whole(pairwise[p], unit);
        return whole;
    }

    /// <summary>Makes one assignment the best: scores are multiplied by 2^N, and the assignment's number is taken off.</summary>
    /// <remarks>Whole scores that differ do so by 2^N or more now, and the number, whose first digit is bit 0, is less.</remarks>
    internal static void SettleTies(Span<BigInteger> whole, int bits)
    {
        foreach (ref var score in whole) score <<= bits;
        for (var i = 0; i < bits; i++) whole[i] -= BigInteger.One << (bits - 1 - i);
    }

    private static int LowestExponent(ReadOnlySpan<double> scores)
    {
        var lowest = int.MaxValue;
        foreach (var score in scores)
            if (score != 0) lowest = Math.Min(lowest, Parts(score).Exponent);
        return lowest;
    }

    private static BigInteger Whole(double score, int unit)
    {
        if (score == 0) return BigInteger.Zero;
        var (odd, exponent) = Parts(score);
        var size = (BigInteger)odd << (exponent - unit);
        return score < 0 ? -size : size;
    }

    // |score| = odd 2^exponent.
    private static (long Odd, int Exponent) Parts(double score)
    {
        var raw = BitConverter.DoubleToInt64Bits(score);
        var field = (int)(raw >> FractionBits) & 0x7FF;
        var fraction = raw & ((1L << FractionBits) - 1);
        if (field == 0) field = 1; // subnormal: no leading one
        else fraction |= 1L << FractionBits;
        var zeros = BitOperations.TrailingZeroCount(fraction);
        return (fraction >> zeros, field - ExponentOfUnit + zeros);
    }
}
