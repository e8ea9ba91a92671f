namespace Heaviside.Pictures;

/// <summary>One histogram of a chart.</summary>
public sealed record ChartHistogram
{
    /// <summary>A histogram of bars that touch, from left to right.</summary>
    /// <param name="name">What is written above it.</param>
    /// <param name="edges">Where bars begin and end, increasing: one more than bars.</param>
    /// <param name="heights">The height of every bar, 0 or more.</param>
    public ChartHistogram(string name, IReadOnlyList<double> edges, IReadOnlyList<double> heights)
    {
        if (edges.Count != heights.Count + 1) throw new ArgumentException($"expected {heights.Count + 1} edges for {heights.Count} bars, got {edges.Count}", nameof(edges));
        if (edges.Zip(edges.Skip(1)).Any(e => !(e.First < e.Second))) throw new ArgumentException("expected increasing edges", nameof(edges));
        if (heights.Any(h => !(h >= 0 && double.IsFinite(h)))) throw new ArgumentException("expected heights of 0 or more", nameof(heights));
        (Name, Edges, Heights) = (name, edges, heights);
    }

    /// <summary>What is written above it.</summary>
    public string Name { get; }

    /// <summary>Where bars begin and end.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>The heights of the bars.</summary>
    public IReadOnlyList<double> Heights { get; }
}
