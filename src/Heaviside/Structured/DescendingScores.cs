namespace Heaviside.Structured;

/// <summary>Orders bits by score, highest first; of equal ones the last comes first, which makes the lowest assignment.</summary>
internal sealed class DescendingScores(int bits) : IComparer<int>
{
    private readonly double[] scores = new double[bits];
    private readonly int[] order = new int[bits];

    /// <inheritdoc/>
    public int Compare(int a, int b) => scores[a] != scores[b] ? scores[b].CompareTo(scores[a]) : b.CompareTo(a);

    /// <summary>The bits in order; valid until the next call.</summary>
    internal ReadOnlySpan<int> Sort(ReadOnlySpan<double> unary)
    {
        unary.CopyTo(scores);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        order.AsSpan().Sort(this);
        return order;
    }
}
