using System.Numerics;
using System.Runtime.InteropServices;

namespace Heaviside.Structured;

/// <summary>Russian doll search over spins, for <see cref="BranchAndBound"/>, which has its notation.</summary>
internal sealed class RussianDollSolver : ArgmaxSolver
{
    private readonly int bits, width;        // width: N rounded up to whole vectors, the rest being zeros
    private readonly double[] weights;       // pair scores as given, [N, N]
    private readonly double[] strength;
    private readonly int[] order;            // the bit at each depth
    private readonly double[] fields;        // by depth: h_d + sum_(c < d) J_cd m
    private readonly double[] coupling;      // J by depth, [N, width], and 0 for the pairs with bits of smaller depth
    private readonly double[] shift;         // [N + 1, width]: what the spins fixed so far add to the fields of the others
    private readonly double[] bestOfRest;    // [N + 1]: the best score of the bits from a depth on, alone
    private readonly Comparer<int> strongestFirst;
    private double mean;                     // a guess m of the mean of the best spins, in [-1, 1]
    private double bestScore;
    private ulong bestOnes;
    private bool findsLowest;

    internal RussianDollSolver(int bits)
    {
        this.bits = bits;
        width = (bits + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        (weights, coupling, shift) = (new double[bits * bits], new double[bits * width], new double[(bits + 1) * width]);
        (strength, fields, bestOfRest, order) = (new double[bits], new double[bits], new double[bits + 1], new int[bits]);
        strongestFirst = Comparer<int>.Create((a, b) => strength[a] != strength[b] ? strength[b].CompareTo(strength[a]) : a.CompareTo(b));
    }

    /// <summary>How many partial assignments were looked at since the solver was made.</summary>
    internal long Nodes { get; private set; }

    /// <inheritdoc/>
    public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best)
    {
        if (pairwise.IsEmpty)
        {
            IndependentBits.Threshold(unary, best);
            return;
        }

        BitPairs.Spread(pairwise, weights, bits);
        Arrange(unary);
        bestOnes = 0;
        for (var depth = bits - 1; depth >= 0; depth--)
        {
            Extend(depth);
            findsLowest = depth == 0; // of the parts only the score matters
            Search(depth, 0, 0);
            bestOfRest[depth] = bestScore;
        }

        for (var i = 0; i < bits; i++) best[i] = (bestOnes & Digit(i)) != 0 ? 1 : 0;
    }

    // Assignments compare as numbers whose first digit is bit 0.
    private ulong Digit(int bit) => 1UL << (bits - 1 - bit);

    private void Arrange(ReadOnlySpan<double> unary)
    {
        for (var i = 0; i < bits; i++)
        {
            order[i] = i;
            strength[i] = 0;
            foreach (var w in weights.AsSpan(i * bits, bits)) strength[i] += Math.Abs(w);
        }

        order.AsSpan().Sort(strongestFirst);
        for (var d = 0; d < bits; d++)
        {
            var row = weights.AsSpan(order[d] * bits, bits);
            fields[d] = unary[order[d]] / 2;
            foreach (var w in row) fields[d] += w / 4;
            for (var e = d + 1; e < bits; e++) coupling[(d * width) + e] = row[order[e]] / 4;
        }

        mean = GuessMean();
        for (var d = 0; d < bits; d++)
            for (var e = d + 1; e < bits; e++) fields[e] += coupling[(d * width) + e] * mean;
    }

    // The mean of weak spins in the field and the coupling of the average bit. Any guess is valid; a good one makes bounds tight.
    private double GuessMean()
    {
        var (all, squares, total) = (0.0, 0.0, 0.0);
        foreach (var h in fields) total += h;
        foreach (var j in coupling)
        {
            all += j;
            squares += j * j;
        }

        var resistance = Math.Sqrt(2 * squares / bits) + Math.Max(0, -2 * all / bits);
        const int Steps = 8; // a power of two: products with it are exact, so that equal scores stay equal
        return resistance > 0 ? Math.Round(Math.Clamp(total / bits / resistance, -1, 1) * Steps) / Steps : 0;
    }

    // A first solution: the best of the bits after this one, and this one as it fits to them.
    private void Extend(int depth)
    {
        var (own, rest) = (fields[depth], bestOfRest[depth + 1]);
        for (var e = depth + 1; e < bits; e++)
        {
            var (spin, j) = ((bestOnes & Digit(order[e])) != 0 ? 1 : -1, coupling[(depth * width) + e]);
            own += spin * j;
            rest -= spin * j * mean; // which the rest alone had in its fields
        }

        if (own > 0) bestOnes |= Digit(order[depth]);
        bestScore = rest + Math.Abs(own);
        shift.AsSpan(depth * width, width).Clear();
    }

    private void Search(int depth, double score, ulong ones)
    {
        Nodes++;
        if (depth == bits)
        {
            (bestScore, bestOnes) = (score, ones);
            return;
        }

        ref var shifted = ref shift[(depth * width) + depth];
        var field = fields[depth] + shifted;
        shifted = 0; // those after it sum up the shifts of what is left
        Branch(depth, score, ones, field, field > 0);
        Branch(depth, score, ones, field, !(field > 0));
    }

    private void Branch(int depth, double score, ulong ones, double field, bool isOne)
    {
        var scored = score + (isOne ? field : -field);
        var now = isOne ? ones | Digit(order[depth]) : ones;
        var bound = scored + bestOfRest[depth + 1] + Shift(depth, (isOne ? 1 : -1) - mean);
        if (bound > bestScore || (bound == bestScore && findsLowest && now < bestOnes)) Search(depth + 1, scored, now);
    }

    // Fixes a spin, and returns the most that the shifts can add to the bits after it.
    private double Shift(int depth, double change)
    {
        var start = (depth + 1) / Vector<double>.Count * Vector<double>.Count;
        var before = Vectors(shift.AsSpan((depth * width) + start, width - start));
        var after = Vectors(shift.AsSpan(((depth + 1) * width) + start, width - start));
        var row = Vectors(coupling.AsSpan((depth * width) + start, width - start));
        var (most, s) = (Vector<double>.Zero, new Vector<double>(change));
        for (var v = 0; v < row.Length; v++)
        {
            after[v] = before[v] + (s * row[v]);
            most += Vector.Abs(after[v]);
        }

        return Vector.Sum(most);
    }

    private static Span<Vector<double>> Vectors(Span<double> numbers) => MemoryMarshal.Cast<double, Vector<double>>(numbers);
}
