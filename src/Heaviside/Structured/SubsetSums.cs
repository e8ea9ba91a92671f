namespace Heaviside.Structured;

/// <summary>Sums over the subsets of k bits: independent bits with the same odds, given how many are 1.</summary>
/// <remarks>
/// <para>Scores that are shifted by one number l have the same law. With bits of probability p_i = sigmoid(s_i + l), l such that about k are 1,
/// the chance that k are is no small number, and the sums are recursions over the bits without a subtraction: the elementary symmetric polynomials
/// exp(s), in numbers of a size that a double holds.</para>
/// <para>Covariances are the same recursions with the sum of the direction's ones beside the count. All is of order N k.</para>
/// <para>Reference: Chen, Dempster, Liu 1994, doi:10.1093/biomet/81.3.457.</para>
/// </remarks>
internal sealed class SubsetSums : GibbsSolver
{
    private readonly int bits, ones, row;
    private readonly double[] one, zero; // the probabilities of a bit's values
    private readonly double[] before, after; // those of 0, ..., k ones among the first i bits, and among those from i on
    private readonly double[] sumBefore, sumAfter, centered, sorted;

    internal SubsetSums(int bits, int ones)
    {
        (this.bits, this.ones, row) = (bits, ones, ones + 1);
        (one, zero, centered, sorted) = (new double[bits], new double[bits], new double[bits], new double[bits]);
        var size = (bits + 1) * row;
        (before, after, sumBefore, sumAfter) = (new double[size], new double[size], new double[size], new double[size]);
    }

    /// <inheritdoc/>
    public override int NumbersPerDraw => bits;

    private double Chance => before[(bits * row) + ones];

    /// <inheritdoc/>
    public override double Sum(ReadOnlySpan<double> scores)
    {
        var shift = Shift(scores);
        var logOthers = 0.0; // minus the logarithm of the probability that all bits are 0
        for (var i = 0; i < bits; i++)
        {
            var (x, e) = (scores[i] + shift, Math.Exp(-Math.Abs(scores[i] + shift)));
            var (rarer, other) = (e / (1 + e), 1 / (1 + e));
            (one[i], zero[i]) = x > 0 ? (other, rarer) : (rarer, other);
            logOthers += Math.Max(x, 0) + Math.Log(1 + e);
        }

        Array.Clear(before);
        Array.Clear(after);
        before[0] = after[bits * row] = 1;
        for (var i = 0; i < bits; i++) Step(i, Row(before, i), Row(before, i + 1));
        for (var i = bits - 1; i >= 0; i--) Step(i, Row(after, i + 1), Row(after, i));
        return Math.Log(Chance) - (ones * shift) + logOthers;
    }

    /// <inheritdoc/>
    public override void Marginals(Span<double> marginals)
    {
        for (var i = 0; i < bits; i++) marginals[i] = one[i] * Convolve(Row(before, i), Row(after, i + 1)) / Chance;
    }

    // E[z_i v'z] with the v that has mean 0: its ones before i, i itself, and its ones after.
    /// <inheritdoc/>
    public override void Covary(ReadOnlySpan<double> direction, Span<double> product)
    {
        Marginals(product);
        var mean = 0.0;
        for (var i = 0; i < bits; i++) mean += product[i] * direction[i] / ones;
        for (var i = 0; i < bits; i++) centered[i] = direction[i] - mean;

        Array.Clear(sumBefore);
        Array.Clear(sumAfter);
        for (var i = 0; i < bits; i++) Step(i, Row(before, i), Row(sumBefore, i), Row(sumBefore, i + 1));
        for (var i = bits - 1; i >= 0; i--) Step(i, Row(after, i + 1), Row(sumAfter, i + 1), Row(sumAfter, i));
        for (var i = 0; i < bits; i++)
        {
            var sums = Convolve(Row(sumBefore, i), Row(after, i + 1)) + Convolve(Row(before, i), Row(sumAfter, i + 1));
            product[i] = (centered[i] * product[i]) + (one[i] * sums / Chance);
        }
    }

    // From the last bit on: given how many of those up to it are 1, whether it is one of them.
    /// <inheritdoc/>
    public override void Draw(ReadOnlySpan<double> uniforms, Span<double> assignment)
    {
        assignment.Clear();
        for (var (i, left) = (bits - 1, ones); left > 0; i--)
        {
            if (uniforms[i] * before[((i + 1) * row) + left] >= one[i] * before[(i * row) + left - 1]) continue;
            assignment[i] = 1;
            left--;
        }
    }

    // Between the k-th and the next score about k bits are 1; within log 2 N of it their number is k but for a half. Newton's steps, or halves.
    private double Shift(ReadOnlySpan<double> scores)
    {
        scores.CopyTo(sorted);
        sorted.AsSpan().Sort();
        var threshold = (sorted[bits - ones] / 2) + (sorted[Math.Max(bits - ones - 1, 0)] / 2);
        var (low, high, shift) = (-Math.Log(2 * bits), Math.Log(2 * bits), 0.0);
        while (true)
        {
            var (expected, slope) = (0.0, 0.0);
            foreach (var s in scores)
            {
                var p = 1 / (1 + Math.Exp(threshold - s - shift));
                (expected, slope) = (expected + p, slope + (p * (1 - p)));
            }

            if (Math.Abs(expected - ones) <= 0.5 || high - low < 1e-6) return shift - threshold;
            (low, high) = expected < ones ? (shift, high) : (low, shift);
            shift += (ones - expected) / slope;
            if (!(shift > low && shift < high)) shift = (low + high) / 2;
        }
    }

    // The count of ones with one bit more.
    private void Step(int i, ReadOnlySpan<double> from, Span<double> to)
    {
        var (q, p) = (zero[i], one[i]);
        to[0] = q * from[0];
        for (var j = 1; j < to.Length; j++) to[j] = (q * from[j]) + (p * from[j - 1]);
    }

    // The mean of the direction's ones where the count is j, with one bit more.
    private void Step(int i, ReadOnlySpan<double> count, ReadOnlySpan<double> from, Span<double> to)
    {
        var (q, p, v) = (zero[i], one[i], centered[i]);
        to[0] = q * from[0];
        for (var j = 1; j < to.Length; j++) to[j] = (q * from[j]) + (p * (from[j - 1] + (v * count[j - 1])));
    }

    // Of k - 1 ones in all.
    private double Convolve(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var j = 0; j < ones; j++) sum += a[j] * b[ones - 1 - j];
        return sum;
    }

    private Span<double> Row(double[] table, int i) => table.AsSpan(i * row, row);
}
