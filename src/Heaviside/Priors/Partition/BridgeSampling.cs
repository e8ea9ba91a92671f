namespace Heaviside.Priors.Partition;

/// <summary>Bridge sampling, Bennett's acceptance ratio: the ratio of Z of each two neighboring betas from the samples of both; their product is Z / Z_0.</summary>
/// <remarks>With U_r = -beta_r w, w = E_0 - E, and f(t) = 1 / (1 + e^t), the constant C solves sum over samples of 0 of f(U_1 - U_0 - C) =
/// sum over samples of 1 of f(C - (U_1 - U_0)); then log Z_1 / Z_0 = log(n_1 / n_0) - C. Reference: doi:10.1016/0021-9991(76)90078-4.</remarks>
public sealed class BridgeSampling : TemperingEstimator
{
    /// <inheritdoc/>
    public override string Name => "bar";

    /// <inheritdoc/>
    private protected override double LogRatio(IReadOnlyList<double> betas, IReadOnlyList<GainPoints> samples) =>
        Enumerable.Range(0, betas.Count - 1).Sum(r => LogRatio(betas[r + 1] - betas[r], samples[r], samples[r + 1]));

    /// <summary>log Z_1 / Z_0 of two laws whose ratio is proportional to e^(step w).</summary>
    /// <param name="step">The difference of their betas.</param>
    /// <param name="from0">Samples of the first.</param>
    /// <param name="from1">Samples of the second.</param>
    internal static double LogRatio(double step, GainPoints from0, GainPoints from1)
    {
        // The left side minus the right one increases with C, from -n_1 to n_0: Newton's method, and bisection where that leaves the interval.
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        var c = -step * (Mean(from0) + Mean(from1)) / 2;
        for (var width = 1.0; ;)
        {
            var (value, slope) = Difference(c);
            if (value == 0) break;
            if (value > 0) high = c;
            else low = c;
            var next = c - (value / slope);
            if (!(next > low && next < high))
            {
                next = double.IsFinite(low + high) ? (low + high) / 2 : c - (Math.Sign(value) * width);
                width *= 2;
            }

            if (Math.Abs(next - c) <= 1e-13 * (1 + Math.Abs(c))) break;
            c = next;
        }

        return Math.Log(from1.Total / from0.Total) - c;

        (double Value, double Slope) Difference(double c)
        {
            var (value, slope) = (0.0, 0.0);
            Add(from0, 1);
            Add(from1, -1);
            return (value, slope);

            void Add(GainPoints points, int sign)
            {
                for (var i = 0; i < points.Values.Length; i++)
                {
                    var f = 1 / (1 + Math.Exp(sign * ((-step * points.Values[i]) - c)));
                    value += sign * points.Counts[i] * f;
                    slope += points.Counts[i] * f * (1 - f);
                }
            }
        }
    }

    private static double Mean(GainPoints points) => points.Values.Zip(points.Counts, (v, n) => v * n).Sum() / points.Total;
}
