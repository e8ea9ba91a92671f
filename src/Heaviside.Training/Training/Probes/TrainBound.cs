using Heaviside.Data;

namespace Heaviside.Training.Probes;

/// <summary>The evidence lower bound on all training images, one hard sample each.</summary>
public sealed class TrainBound(Experiment experiment) : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer) =>
        RunReport.Evaluate(experiment, samples: 1, Split.Train, observer, CancellationToken.None).Metrics;
}
