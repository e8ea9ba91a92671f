using MathNet.Numerics;

namespace Heaviside.Priors.Partition;

/// <summary>Chooses betas such that all neighbors exchange at the same rate.</summary>
/// <remarks>Where w = E_0 - E is nearly normal, two betas exchange at the rate erfc(d / 2), d being the number of standard deviations
/// between them; distances add up. So a measured rate says how long an interval is, and betas are placed at equal distances.</remarks>
internal static class TemperatureLadder
{
    /// <summary>The distance of two betas that exchange at a rate, in standard deviations.</summary>
    internal static double Distance(double rate) => 2 * SpecialFunctions.ErfcInv(rate);

    /// <summary>A ladder from 0 to 1 of equally spaced betas.</summary>
    internal static float[] Even(int replicas) => [.. Enumerable.Range(0, replicas).Select(i => (float)i / (replicas - 1))];

    /// <summary>A better ladder.</summary>
    /// <param name="betas">The ladder that was measured.</param>
    /// <param name="rates">The rates of its neighbors, above 0.</param>
    /// <param name="replicas">How many betas the new one has, given the length of the way from 0 to 1.</param>
    internal static float[] Improved(float[] betas, double[] rates, Func<double, int> replicas)
    {
        var way = new double[betas.Length]; // from 0 to each beta; rates of 1 count as very small distances
        for (var i = 0; i < rates.Length; i++) way[i + 1] = way[i] + Math.Max(Distance(rates[i]), 1e-6);
        var ladder = new float[replicas(way[^1])];
        for (var (k, i) = (1, 0); k < ladder.Length - 1; k++)
        {
            var target = way[^1] * k / (ladder.Length - 1);
            while (way[i + 1] < target) i++;
            ladder[k] = betas[i] + (float)((betas[i + 1] - betas[i]) * (target - way[i]) / (way[i + 1] - way[i]));
        }

        ladder[^1] = 1;
        return ladder;
    }
}
