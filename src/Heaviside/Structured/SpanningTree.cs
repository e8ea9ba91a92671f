namespace Heaviside.Structured;

/// <summary>Spanning trees of the complete graph on V vertices, by Kruskal's method.</summary>
/// <remarks>The bits are the edges in the order of <see cref="BitPairs"/>: (0, 1), (0, 2), ..., (1, 2), .... Reference:
/// Kruskal 1956, doi:10.1090/S0002-9939-1956-0078686-7.</remarks>
public sealed class SpanningTree : SummableStructure
{
    /// <inheritdoc/>
    protected override void RequireBits(int bits)
    {
        base.RequireBits(bits);
        if (BitPairs.Count(Vertices(bits)) != bits)
            throw new ArgumentException($"spanning tree: expected V (V - 1) / 2 bits, the edges between V vertices, got {bits}", nameof(bits));
    }

    // Cayley's formula.
    /// <inheritdoc/>
    protected override double Count(int bits) => Math.Pow(Vertices(bits), Vertices(bits) - 2);

    /// <inheritdoc/>
    protected override void List(int bits, Span<float> table)
    {
        var forest = new Forest(Vertices(bits));
        var ends = Ends(bits);
        foreach (var edges in Subsets.Of(bits, Vertices(bits) - 1))
        {
            forest.Clear();
            if (!edges.All(e => forest.Join(ends[e].I, ends[e].J))) continue;
            foreach (var e in edges) table[e] = 1;
            table = table[bits..];
        }
    }

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new Solver(bits);

    /// <inheritdoc/>
    protected override GibbsSolver NewGibbsSolver(int bits) => new TreeSums(Vertices(bits));

    private static int Vertices(int edges) => (int)Math.Round((1 + Math.Sqrt(1 + (8.0 * edges))) / 2);

    private static (int I, int J)[] Ends(int edges) => [.. Enumerable.Range(0, edges).Select(e => BitPairs.At(e, Vertices(edges)))];

    private sealed class Solver(int edges) : ArgmaxSolver
    {
        private readonly (int I, int J)[] ends = Ends(edges);
        private readonly Forest forest = new(Vertices(edges));
        private readonly DescendingScores order = new(edges);

        public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best)
        {
            best.Clear();
            forest.Clear();
            foreach (var e in order.Sort(unary))
                if (forest.Join(ends[e].I, ends[e].J)) best[e] = 1;
        }
    }
}
