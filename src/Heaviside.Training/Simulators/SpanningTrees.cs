using Heaviside.Configuration;
using Heaviside.Structured;

namespace Heaviside.Simulators;

/// <summary>Vertices that a layout moves along the edges of a random tree: type 1 of a pair is an edge of the tree, type 0 none.</summary>
/// <remarks>Paulus, Choi, Tarlow, Krause and Maddison 2020, arXiv:2006.08063. The tree is the maximum spanning tree, by Kruskal's method, of weights from the standard Gumbel law,
/// which makes some trees more likely than others. Each frame is one iteration of <see cref="SpringLayout"/>.</remarks>
internal sealed class SpanningTrees() : Simulator(objects: 10)
{
    /// <summary>Frames of a trajectory, 2 to 50; 10 by default.</summary>
    [Option("frames of a trajectory, one iteration of the layout apart", Least = 2, Most = 50)]
    public override int Frames { get; init => field = OptionInfo.Checked(this, value); } = 10;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups => [0, 0];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Features => ["x", "y"];

    /// <inheritdoc/>
    public override string Dynamics => "the maximum spanning tree of standard Gumbel weights; coordinates begin at N(0, 1); a frame is one iteration of the layout by Fruchterman and Reingold, centered and scaled to 1";

    /// <inheritdoc/>
    protected override void Simulate(IReadOnlyList<SimulationRandom> lanes, int frames, Span<float> values, Span<long> edges)
    {
        var size = frames * Objects * 2;
        for (var lane = 0; lane < lanes.Count; lane++) Simulate(lanes[lane], frames, values.Slice(lane * size, size), edges.Slice(lane * Pairs, Pairs));
    }

    private void Simulate(SimulationRandom random, int frames, Span<float> values, Span<long> edges)
    {
        var n = Objects;
        Span<double> adjacent = stackalloc double[n * n], x = stackalloc double[n], y = stackalloc double[n];
        adjacent.Clear();
        Draw(random, adjacent);
        for (var i = 0; i < n; i++)
        {
            (x[i], y[i]) = (random.Normal(), random.Normal());
            for (var j = 0; j < n; j++)
                if (j != i) edges[Place(i, j, n)] = (long)adjacent[(i * n) + j];
        }

        for (var t = 0; t < frames; t++)
        {
            SpringLayout.Step(x, y, adjacent);
            for (var i = 0; i < n; i++)
            {
                values[((t * n) + i) * 2] = (float)x[i];
                values[(((t * n) + i) * 2) + 1] = (float)y[i];
            }
        }
    }

    private static void Draw(SimulationRandom random, Span<double> adjacent)
    {
        var n = (int)Math.Sqrt(adjacent.Length);
        Span<double> weights = stackalloc double[BitPairs.Count(n)];
        foreach (ref var w in weights) w = random.Gumbel();
        var forest = new Forest(n);
        forest.Clear();
        foreach (var edge in new DescendingScores(weights.Length).Sort(weights))
        {
            var (i, j) = BitPairs.At(edge, n);
            if (forest.Join(i, j)) adjacent[(i * n) + j] = adjacent[(j * n) + i] = 1;
        }
    }
}
