namespace Heaviside.Pictures;

/// <summary>One line of a chart: the points (x, y) in the order in which they are joined.</summary>
public sealed record ChartSeries
{
    /// <summary>A series of as many x as y; a point that is not finite is a gap.</summary>
    public ChartSeries(string name, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count) throw new ArgumentException($"expected {x.Count} values, as many as x, got {y.Count}", nameof(y));
        (Name, X, Y) = (name, x, y);
    }

    /// <summary>What the legend calls it; series of one name have one color.</summary>
    public string Name { get; }

    /// <summary>Whether it stands back: thin and pale, and not in the legend; default false.</summary>
    public bool IsFaint { get; init; }

    /// <summary>Where the points are along the horizontal axis.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Where the points are along the vertical axis.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>The standard error of every y, drawn as a band of one standard error to both sides; NaN where it is not known. Null, the
    /// default, for no band.</summary>
    public IReadOnlyList<double>? StandardErrors
    {
        get;
        init => field = value is null || value.Count == Y.Count ? value : throw new ArgumentException($"expected {Y.Count} standard errors, as many as values, got {value.Count}", nameof(StandardErrors));
    }
}
