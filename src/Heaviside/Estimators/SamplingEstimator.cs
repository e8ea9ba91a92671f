using Heaviside.Configuration;
using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>An estimator that draws S samples per example.</summary>
public abstract class SamplingEstimator : GradientEstimator
{
    /// <summary>The number of samples S per example, 1 or more; default 1.</summary>
    public int Samples
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, "must be 1 or more");
    } = 1;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples;

    /// <summary>Reads the setting samples.</summary>
    internal static int ReadSamples(Settings s) => s.Int("samples", 1, 1, 10_000, "samples per example in training");
}
