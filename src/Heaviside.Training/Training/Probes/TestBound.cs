using Heaviside.Data;

namespace Heaviside.Training.Probes;

/// <summary>The importance-weighted bound on the test images.</summary>
/// <param name="experiment">The run.</param>
/// <param name="samples">Samples per image, 1 or more.</param>
public sealed class TestBound(Experiment experiment, int samples) : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer) =>
        RunReport.Evaluate(experiment, samples, Split.Test, observer, CancellationToken.None).Metrics;
}
