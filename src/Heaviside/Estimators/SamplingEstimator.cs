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
}
