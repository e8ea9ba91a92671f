using System.Numerics;
using System.Runtime.InteropServices;

namespace Heaviside.Structured;

/// <summary>Scores of all assignments of up to 22 bits, for <see cref="ExhaustiveSearch"/>.</summary>
internal sealed class ExhaustiveSolver : ArgmaxSolver
{
    private const int MostLowBits = 8;

    private readonly int bits, low, high, size;
    private readonly double[] weights;  // pair scores, [N, N]
    private readonly double[] gains;    // [high, size]: what a high bit adds through its pairs with the low ones
    private readonly double[] scores;   // [high + 1, size]: of the low assignments, given a path of high bits
    private readonly bool[] path;
    private double bestScore;
    private int bestCode;

    internal ExhaustiveSolver(int bits)
    {
        this.bits = bits;
        low = Math.Min(bits, MostLowBits);
        high = bits - low;
        size = Math.Max(1 << low, Vector<double>.Count);
        weights = new double[bits * bits];
        gains = new double[high * size];
        scores = new double[(high + 1) * size];
        path = new bool[high];
    }

    /// <inheritdoc/>
    public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best)
    {
        if (pairwise.IsEmpty)
        {
            IndependentBits.Threshold(unary, best);
            return;
        }

        BitPairs.Spread(pairwise, weights, bits);
        for (var i = 0; i < high; i++) FillSums(gains.AsSpan(i * size, size), 0, weights.AsSpan(i * bits, bits));
        FillLowScores(unary);
        (bestScore, bestCode) = (double.NegativeInfinity, 0);
        Visit(0, 0, 0, unary);
        for (var i = 0; i < bits; i++) best[i] = (bestCode >> (bits - 1 - i)) & 1;
    }

    // The sum of the weights of the ones of every low assignment, the last bit its lowest digit, plus a start.
    private void FillSums(Span<double> sums, double start, ReadOnlySpan<double> weight, int count = MostLowBits)
    {
        sums[0] = start;
        for (var k = 0; k < Math.Min(count, low); k++)
            Add(sums[..(1 << k)], weight[bits - 1 - k], sums[(1 << k)..]);
    }

    // Doubled bit by bit: the upper half is the lower one plus what the next bit adds to each.
    private void FillLowScores(ReadOnlySpan<double> unary)
    {
        var table = scores.AsSpan(0, size);
        table.Fill(double.NegativeInfinity); // less than a vector of assignments is filled up
        table[0] = 0;
        for (var k = 0; k < low; k++)
        {
            var i = bits - 1 - k;
            var upper = table[(1 << k)..(2 << k)];
            FillSums(upper, unary[i], weights.AsSpan(i * bits, bits), k);
            for (var m = 0; m < upper.Length; m++) upper[m] += table[m];
        }
    }

    // The table of this node is that of its last one on the path; zeros leave it as it is.
    private void Visit(int bit, int table, int code, ReadOnlySpan<double> unary)
    {
        if (bit == high)
        {
            Scan(scores.AsSpan(table * size, size), code);
            return;
        }

        path[bit] = false;
        Visit(bit + 1, table, code, unary);
        var own = unary[bit];
        for (var i = 0; i < bit; i++)
            if (path[i]) own += weights[(bit * bits) + i];
        path[bit] = true;
        var next = scores.AsSpan((table + 1) * size, size);
        Sum(scores.AsSpan(table * size, size), gains.AsSpan(bit * size, size), own, next);
        Visit(bit + 1, table + 1, code | (1 << (bits - 1 - bit)), unary);
    }

    // Codes come in their order, so that only a better one replaces the best.
    private void Scan(ReadOnlySpan<double> table, int code)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(table);
        var (top, other) = (vectors[0], vectors[^1]);
        for (var m = 0; m + 1 < vectors.Length; m += 2) // two at a time do not wait for each other
        {
            top = Vector.MaxNative(top, vectors[m]);
            other = Vector.MaxNative(other, vectors[m + 1]);
        }

        top = Vector.MaxNative(top, other);
        var score = top[0];
        for (var k = 1; k < Vector<double>.Count; k++) score = Math.Max(score, top[k]);
        if (score > bestScore) (bestScore, bestCode) = (score, code | table.IndexOf(score));
    }

    private static void Add(ReadOnlySpan<double> from, double amount, Span<double> to)
    {
        var (m, amounts) = (0, new Vector<double>(amount));
        for (; m <= from.Length - Vector<double>.Count; m += Vector<double>.Count) (new Vector<double>(from[m..]) + amounts).CopyTo(to[m..]);
        for (; m < from.Length; m++) to[m] = from[m] + amount;
    }

    private static void Sum(ReadOnlySpan<double> table, ReadOnlySpan<double> gain, double own, Span<double> result)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(table);
        var b = MemoryMarshal.Cast<double, Vector<double>>(gain);
        var c = MemoryMarshal.Cast<double, Vector<double>>(result);
        var amount = new Vector<double>(own);
        for (var m = 0; m < c.Length; m++) c[m] = a[m] + b[m] + amount;
    }
}
