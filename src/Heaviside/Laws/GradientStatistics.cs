using System.Diagnostics;
using Heaviside.Estimators;

namespace Heaviside.Laws;

/// <summary>Mean, standard error and variance of an estimator's gradient on a problem.</summary>
/// <param name="Mean">Per component of the parameters.</param>
/// <param name="StandardError">Of the mean, per component.</param>
/// <param name="Variance">Of one estimate, summed over the components.</param>
/// <param name="Seconds">What one estimate took, of many at a time.</param>
public sealed record GradientStatistics(double[] Mean, double[] StandardError, double Variance, double Seconds)
{
    /// <summary>What remains where an estimator has no variance: 1e-12 in double precision, 1e-6 in single.</summary>
    public double Rounding { get; init; } = 1e-12;

    /// <summary>Measures over <paramref name="draws"/> independent estimates.</summary>
    public static GradientStatistics Measure(Problem problem, GradientEstimator estimator, int draws, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(seed, problem.Parameters.device);
        var start = Stopwatch.GetTimestamp();
        var g = problem.Gradient(estimator, draws, rng).reshape([draws, -1]).to(torch.float64);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / draws;
        var variance = g.var([0]);
        return new(g.mean([0]).ToArray<double>(), (variance / draws).sqrt().ToArray<double>(), variance.sum().Number(), seconds)
        {
            Rounding = problem.Parameters.dtype == ScalarType.Float32 ? 1e-6 : 1e-12,
        };
    }

    /// <summary>The largest |mean - expected|, less what is <paramref name="allowed"/>, over the components, in standard errors, to which the rounding is added.</summary>
    public double Score(double[] expected, double allowed = 0) =>
        Mean.Zip(expected, (m, e) => Math.Max(Math.Abs(m - e) - allowed, 0)).Zip(StandardError, (d, s) => d / (s + Rounding)).Max();
}
