using Heaviside.Configuration;
using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>An estimator that draws S samples per example.</summary>
/// <param name="samples">The default of <see cref="Samples"/>.</param>
public abstract class SamplingEstimator(int samples = 1) : GradientEstimator
{
    /// <summary>The number of samples S per example, from <see cref="LeastSamples"/> to 10000; default 1 unless the estimator says otherwise.</summary>
    [Option("samples per example in training", Least = 1, Most = 10_000)]
    public int Samples { get; init => field = OptionInfo.Checked(this, value); } = samples;

    /// <summary>The fewest samples for which this estimator is defined: 1, or 2 where samples are compared with each other.</summary>
    public int LeastSamples => (int)OptionInfo.Of(GetType()).First(o => o.Name == "samples").Least;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples;
}
