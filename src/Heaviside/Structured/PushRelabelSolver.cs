namespace Heaviside.Structured;

/// <summary>Minimum cuts of small dense graphs, for <see cref="MaxFlow"/>.</summary>
/// <remarks>Reference: Goldberg and Tarjan 1988, doi:10.1145/48014.61051: first in, first out, with gaps; only the first
/// of its two phases, as a cut needs no flow.</remarks>
internal sealed class PushRelabelSolver : ArgmaxSolver
{
    private readonly int nodes;
    private readonly double[] residual;     // [N, N], from row to column
    private readonly double[] toSink;
    private readonly double[] excess;
    private readonly int[] label;           // at most the distance to the sink; Unreachable: no way is left
    private readonly int[] atLabel;         // how many nodes have a label
    private readonly int[] queue;           // a ring of the nodes with excess
    private int first, queued;

    internal PushRelabelSolver(int nodes)
    {
        this.nodes = nodes;
        (residual, toSink, excess) = (new double[nodes * nodes], new double[nodes], new double[nodes]);
        (label, atLabel, queue) = (new int[nodes], new int[nodes + 2], new int[nodes]);
    }

    // With N nodes no way to the sink is longer than N.
    private int Unreachable => nodes + 1;

    /// <inheritdoc/>
    public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best)
    {
        if (pairwise.IsEmpty)
        {
            IndependentBits.Threshold(unary, best);
            return;
        }

        Build(unary, pairwise);
        Measure();
        (first, queued) = (0, 0);
        for (var v = 0; v < nodes; v++)
            if (excess[v] > 0 && label[v] < Unreachable) Enqueue(v);
        while (queued > 0)
        {
            var v = queue[first];
            first = first + 1 == nodes ? 0 : first + 1;
            queued--;
            Discharge(v);
        }

        Measure();
        for (var v = 0; v < nodes; v++) best[v] = label[v] < Unreachable ? 1 : 0;
    }

    private void Build(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise)
    {
        BitPairs.Spread(pairwise, residual, nodes);
        for (var v = 0; v < nodes; v++)
        {
            var row = residual.AsSpan(v * nodes, nodes);
            var t = -unary[v];
            foreach (ref var capacity in row)
            {
                capacity /= 2;
                t -= capacity;
            }

            (excess[v], toSink[v]) = (Math.Max(t, 0), Math.Max(-t, 0));
        }
    }

    // Labels become exact distances to the sink, breadth first.
    private void Measure()
    {
        Array.Clear(atLabel);
        var found = 0;
        for (var v = 0; v < nodes; v++)
        {
            label[v] = toSink[v] > 0 ? 1 : Unreachable;
            if (label[v] == 1) queue[found++] = v;
        }

        for (var next = 0; next < found; next++)
        {
            var to = queue[next];
            for (var v = 0; v < nodes; v++)
            {
                if (label[v] < Unreachable || residual[(v * nodes) + to] == 0) continue;
                label[v] = label[to] + 1;
                queue[found++] = v;
            }
        }

        foreach (var l in label) atLabel[l]++;
    }

    private void Enqueue(int v)
    {
        var last = first + queued++;
        queue[last < nodes ? last : last - nodes] = v;
    }

    private void Discharge(int v)
    {
        var row = residual.AsSpan(v * nodes, nodes);
        while (label[v] < Unreachable)
        {
            if (label[v] == 1)
            {
                var pushed = Math.Min(excess[v], toSink[v]);
                toSink[v] -= pushed;
                excess[v] -= pushed;
            }

            for (var w = 0; w < row.Length && excess[v] > 0; w++)
            {
                if (row[w] == 0 || label[w] != label[v] - 1) continue;
                var pushed = Math.Min(excess[v], row[w]);
                row[w] -= pushed;
                residual[(w * nodes) + v] += pushed;
                excess[v] -= pushed;
                if (excess[w] == 0) Enqueue(w);
                excess[w] += pushed;
            }

            if (excess[v] == 0) return;
            Relabel(v, row);
        }
    }

    private void Relabel(int v, ReadOnlySpan<double> row)
    {
        var (old, lowest) = (label[v], toSink[v] > 0 ? 0 : nodes);
        for (var w = 0; w < row.Length; w++)
            if (row[w] > 0) lowest = Math.Min(lowest, label[w]);
        label[v] = Math.Min(lowest + 1, Unreachable);
        atLabel[old]--;
        atLabel[label[v]]++;
        if (atLabel[old] > 0) return;

        // No node is left at a distance that every way from farther away would pass.
        for (var w = 0; w < nodes; w++)
        {
            if (label[w] <= old || label[w] == Unreachable) continue;
            atLabel[label[w]]--;
            atLabel[label[w] = Unreachable]++;
        }
    }
}
