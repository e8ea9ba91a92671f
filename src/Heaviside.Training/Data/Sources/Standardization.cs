namespace Heaviside.Data.Sources;

/// <summary>Gives columns of numbers mean 0 and standard deviation 1 over the rows for training.</summary>
internal static class Standardization
{
    /// <summary>Changes a column of <c>[N, D]</c> numbers in place; one that is constant over the rows for training becomes its distance from that.</summary>
    public static void Apply(float[] values, int columns, int column, IReadOnlyList<int> train)
    {
        var mean = train.Average(row => (double)values[(row * columns) + column]);
        var deviation = Math.Sqrt(train.Average(row => Math.Pow(values[(row * columns) + column] - mean, 2)));
        var scale = deviation > 0 ? deviation : 1;
        for (var i = column; i < values.Length; i += columns) values[i] = (float)((values[i] - mean) / scale);
    }
}
