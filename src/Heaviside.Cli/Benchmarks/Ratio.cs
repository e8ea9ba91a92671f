namespace Heaviside.Cli.Benchmarks;

/// <summary>How many times as long one side took as another: the median over the rounds, the least and the most of them.</summary>
internal readonly record struct Ratio(double Median, double Least, double Most)
{
    /// <summary>The ratio of two sides that took the same turns.</summary>
    internal static Ratio Of(StepTimes side, StepTimes unit)
    {
        double[] ratios = [.. side.Medians.Zip(unit.Medians, (s, u) => s / u).Order()];
        return new(ratios[ratios.Length / 2], ratios[0], ratios[^1]);
    }

    /// <summary>The range, as tables show it.</summary>
    internal string Range => $"{Least:F2} to {Most:F2}";
}
