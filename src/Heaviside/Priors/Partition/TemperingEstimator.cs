using Heaviside.Configuration;

namespace Heaviside.Priors.Partition;

/// <summary>Estimates log Z from what parallel tempering has sampled.</summary>
/// <remarks>The estimate is made of the samples of all runs, its standard error of the estimates of single runs. Where these are equal, the
/// error is unknown.</remarks>
public abstract class TemperingEstimator : PartitionEstimator
{
    /// <summary>How the samples are made.</summary>
    [OptionGroup]
    public ParallelTempering Tempering { get; init; } = new();

    /// <summary>The estimate from samples, of which other estimates may be made too.</summary>
    public PartitionEstimate From(TemperedSamples samples)
    {
        double[] ofRuns = [.. Enumerable.Range(0, samples.Runs).Select(r => samples.LogBase + LogRatio(samples.Betas, samples.OfRun(r)))];
        return PartitionEstimate.OfSamples(Name, samples.LogBase + LogRatio(samples.Betas, samples.OfAll()), StandardError.OfMean(ofRuns), samples.IsBase) with
        {
            Tempering = samples.Report(ofRuns),
        };
    }

    /// <inheritdoc/>
    private protected override PartitionEstimate EstimateOf(RestrictedBoltzmannMachine machine, Generator rng, PartitionWork work) =>
        From(Tempering.Sample(machine, rng, work));

    /// <summary>log Z_1 / Z_0 in nats, from the samples of each beta.</summary>
    private protected abstract double LogRatio(IReadOnlyList<double> betas, IReadOnlyList<GainPoints> samples);
}
