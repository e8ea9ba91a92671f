using Heaviside.Simulators;

namespace Heaviside.Tests.Simulators;

public sealed class SpanningTreesTests
{
    // k^2 = 1/2, d = 5: the force is 0.02 - 5 sqrt(2) < 0, so each vertex goes 0.1 * 4 towards the other: (0.24, 0.32) and (2.76, 3.68).
    // Less their mean (1.5, 2) they are (-1.26, -1.68) and (1.26, 1.68), and 1.68 becomes 1.
    [Fact]
    public void Layout_OfTwoVertices_IsTheStepByHand()
    {
        double[] x = [0, 3], y = [0, 4];
        SpringLayout.Step(x, y, [0, 1, 1, 0]);
        Close(x, [-0.75, 0.75]);
        Close(y, [-1, 1]);
    }

    // Three vertices, of which the first is joined to the others: k^2 = 1/3, t = 0.1 * 2.
    // Vertex 0: away from 1 by 1/3 - sqrt(3) = -1.3987171 times (-1, 0), from 2 by 1/12 - 2 sqrt(3) = -3.3807683 times (0, -2): it goes (1.3987171, 6.7615366).
    // Vertex 1: -1.3987171 times (1, 0), and 1/15 times (1, -2), for no edge. Vertex 2: -3.3807683 times (0, 2), and 1/15 times (-1, 2).
    [Fact]
    public void Layout_OfThreeVertices_IsTheStepByHand()
    {
        double[] x = [0, 1, 0], y = [0, 0, 2];
        SpringLayout.Step(x, y, [0, 1, 1, 1, 0, 0, 1, 0, 0]);
        (double X, double Y)[] forces = [(1.3987174743, 6.7615365636), (-1.3987174743 + (1.0 / 15), -2.0 / 15), (-1.0 / 15, -6.7615365636 + (2.0 / 15))];
        (double X, double Y)[] starts = [(0, 0), (1, 0), (0, 2)];
        var moved = starts.Zip(forces, (p, f) => (X: p.X + (0.2 * f.X / Math.Sqrt((f.X * f.X) + (f.Y * f.Y))), Y: p.Y + (0.2 * f.Y / Math.Sqrt((f.X * f.X) + (f.Y * f.Y))))).ToList();
        var centered = moved.Select(p => (X: p.X - moved.Average(m => m.X), Y: p.Y - moved.Average(m => m.Y))).ToList();
        var largest = centered.Max(p => Math.Max(Math.Abs(p.X), Math.Abs(p.Y)));
        Close(x, [.. centered.Select(p => p.X / largest)]);
        Close(y, [.. centered.Select(p => p.Y / largest)]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(20)]
    public void Edges_AreTreesAndFramesAreCenteredAndScaled(int n)
    {
        var simulated = new SpanningTrees { Objects = n }.Run(seed: 2, stream: 0, first: 0, count: 20, frames: 4);
        foreach (var edges in simulated.Edges.Chunk(n * (n - 1)))
        {
            edges.Sum().ShouldBe(2 * (n - 1)); // each in both directions
            var reached = new HashSet<int> { 0 };
            for (var round = 0; round < n; round++)
                reached.UnionWith(from i in reached.ToList() from j in Enumerable.Range(0, n) where j != i && edges[Simulator.Place(i, j, n)] == 1 select j);
            reached.Count.ShouldBe(n);
        }

        foreach (var frame in simulated.Values.Chunk(2 * n))
        {
            frame.Max(Math.Abs).ShouldBe(1f);
            frame.Where((_, at) => at % 2 == 0).Sum().ShouldBe(0, 1e-5f);
            frame.Where((_, at) => at % 2 == 1).Sum().ShouldBe(0, 1e-5f);
        }
    }

    // Of three vertices each of the three trees leaves one edge out, all equally likely; a chi-square of 2 degrees of freedom is above 27.6 once in a million.
    [Fact]
    public void Trees_OfThreeVertices_AreEquallyLikely()
    {
        const int Draws = 6000;
        var edges = new SpanningTrees { Objects = 3 }.Run(seed: 5, stream: 0, first: 0, count: Draws, frames: 1).Edges;
        var counts = edges.Chunk(6).GroupBy(e => string.Concat(e)).Select(g => g.Count()).ToList();
        counts.Count.ShouldBe(3);
        counts.Sum(c => Math.Pow(c - (Draws / 3.0), 2) / (Draws / 3.0)).ShouldBeLessThan(27.6);
    }

    private static void Close(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++) actual[i].ShouldBe(expected[i], 1e-9);
    }
}
