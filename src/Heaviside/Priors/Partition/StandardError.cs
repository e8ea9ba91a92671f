namespace Heaviside.Priors.Partition;

/// <summary>Standard errors from independent values.</summary>
internal static class StandardError
{
    /// <summary>That of the mean of independent values, two at least.</summary>
    internal static double OfMean(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count);
    }
}
