using Heaviside.Data;
using Heaviside.Models;

namespace Heaviside.Training.Probes;

/// <summary>The accuracy of a model's clusters on the test images by three protocols, and how many clusters are dead.</summary>
/// <remarks>Labels of validation images give clusters their classes; see <see cref="Evaluation.ClusterAccuracy"/>. Nothing is chosen by it.</remarks>
public sealed class ClusterProbe : Probe
{
    private readonly Experiment experiment;

    /// <summary>A probe of a run.</summary>
    /// <exception cref="InputException">The model has no clusters.</exception>
    public ClusterProbe(Experiment experiment) => this.experiment = experiment.Model is IClusters
        ? experiment
        : throw new InputException("the probe clusters is for models with clusters, such as gmvae");

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        var report = ClusterReport.Create(experiment, Split.Test, observer);
        return
        [
            ("most-probable-example", report.Accuracy?.MostProbableExample),
            ("majority", report.Accuracy?.Majority),
            ("optimal-assignment", report.Accuracy?.OptimalAssignment),
            ("dead", report.Clustering.Dead.Count),
            ("images", report.Clustering.Images.Count),
        ];
    }
}
