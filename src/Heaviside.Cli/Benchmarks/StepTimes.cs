namespace Heaviside.Cli.Benchmarks;

/// <summary>The seconds that each of some steps took, by rounds of measuring.</summary>
internal sealed class StepTimes
{
    private readonly List<double[]> rounds = [];

    /// <summary>The median over all steps, in seconds.</summary>
    internal double Median => MedianOf([.. rounds.SelectMany(r => r)]);

    /// <summary>The median of each round, in seconds.</summary>
    internal IReadOnlyList<double> Medians => [.. rounds.Select(MedianOf)];

    internal void Add(double[] seconds) => rounds.Add(seconds);

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
