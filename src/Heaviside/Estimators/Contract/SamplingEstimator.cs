using Heaviside.Configuration;
using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>An estimator that draws S samples per example.</summary>
/// <param name="samples">The default of <see cref="Samples"/>.</param>
/// <param name="leastSamples">The fewest for which the estimator is defined.</param>
public abstract class SamplingEstimator(int samples = 1, int leastSamples = 1) : GradientEstimator
{
    /// <summary>The fewest samples for which this estimator is defined: 1, or 2 where samples are compared with each other.</summary>
    public int LeastSamples => leastSamples;

    /// <summary>The number of samples S per example, <see cref="LeastSamples"/> or more; default 1 unless the estimator says otherwise.</summary>
    public int Samples
    {
        get;
        init => field = value >= leastSamples ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, $"must be {leastSamples} or more");
    } = samples;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples;

    /// <summary>Reads the setting samples.</summary>
    internal static int ReadSamples(Settings s, int standard = 1, int least = 1) => s.Int("samples", standard, least, 10_000, "samples per example in training");
}
