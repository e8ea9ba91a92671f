namespace Heaviside.Pictures;

/// <summary>One heat map of a chart: a number for every cell of a rectangle.</summary>
public sealed record ChartMap
{
    /// <summary>A map of cells of equal size.</summary>
    /// <param name="name">What is written above it.</param>
    /// <param name="values">The numbers, <c>[rows, columns]</c>, row by row from above; NaN is gray.</param>
    /// <param name="rows">The number of rows, 1 or more.</param>
    public ChartMap(string name, IReadOnlyList<float> values, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (values.Count == 0 || values.Count % rows != 0) throw new ArgumentException($"expected as many values in each of {rows} rows, got {values.Count} in all", nameof(values));
        (Name, Values, Rows) = (name, values, rows);
    }

    /// <summary>What is written above it.</summary>
    public string Name { get; }

    /// <summary>The numbers, <c>[rows, columns]</c>.</summary>
    public IReadOnlyList<float> Values { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns => Values.Count / Rows;
}
