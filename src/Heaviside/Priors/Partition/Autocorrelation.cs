namespace Heaviside.Priors.Partition;

/// <summary>How many values of series say as much about their mean as one independent value.</summary>
internal static class Autocorrelation
{
    private const int BlocksPerTime = 10;

    /// <summary>The autocorrelation time 1 + 2 sum of correlations, 1 or more, of series with the same law and length.</summary>
    /// <remarks>Means of blocks of b values have the variance t / b of a value if b is many t: blocks grow until b is 10 t, or until
    /// each series is one block. Deviations are from the mean of all series, so that series that stay apart count as correlated.</remarks>
    internal static double Time(IReadOnlyList<float[]> series)
    {
        var length = series[0].Length;
        var means = series.Select(s => Array.ConvertAll(s, v => (double)v)).ToList();
        var variance = Variance(means);
        if (variance <= 0) return 1;
        for (var block = 1; ; block *= 2)
        {
            var time = Math.Max(1, block * Variance(means) / variance);
            if (block >= BlocksPerTime * time || block * 2 > length) return Math.Min(time, length);
            for (var s = 0; s < means.Count; s++) means[s] = Halved(means[s]);
        }
    }

    private static double Variance(List<double[]> values)
    {
        var mean = values.Average(v => v.Average());
        return values.Sum(v => v.Sum(x => (x - mean) * (x - mean))) / (values.Sum(v => (long)v.Length) - 1);
    }

    // Means of pairs; one value may be left over.
    private static double[] Halved(double[] values)
    {
        var halved = new double[values.Length / 2];
        for (var i = 0; i < halved.Length; i++) halved[i] = (values[2 * i] + values[(2 * i) + 1]) / 2;
        return halved;
    }
}
