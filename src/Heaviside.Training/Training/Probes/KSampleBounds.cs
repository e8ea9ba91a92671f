using Heaviside.Data;

namespace Heaviside.Training.Probes;

/// <summary>The importance-weighted bound on the validation images and on the training images: beside a relaxed objective of as many samples, what it stands for.</summary>
/// <param name="experiment">The run.</param>
/// <param name="samples">Samples per image, 1 or more.</param>
public sealed class KSampleBounds(Experiment experiment, int samples) : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        var train = RunReport.Evaluate(experiment, samples, Split.Train, observer, CancellationToken.None);
        return [.. RunReport.Evaluate(experiment, samples, Split.Validation, observer, CancellationToken.None).Metrics, ("train", train.Mean), ("train-images", train.Images)];
    }
}
