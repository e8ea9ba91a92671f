using Heaviside.Data;
using Heaviside.Evaluation;

namespace Heaviside.Training.Probes;

/// <summary>How often the latent class is the label, on the test and on the validation images: of the most probable class, and of one that is drawn.</summary>
public sealed class AccuracyProbe : Probe
{
    private readonly Experiment experiment;

    /// <summary>A probe of a run.</summary>
    /// <exception cref="InputException">The run does not learn from labels, so that its classes mean nothing.</exception>
    public AccuracyProbe(Experiment experiment) => this.experiment = experiment.Supervision is not null
        ? experiment
        : throw new InputException("the probe accuracy is for runs that learn from labels: choose a model such as mixed-vae and set labels, such as labels=100");

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        var (test, validation) = (Of(experiment.Images.Set.Test, observer), Of(experiment.Images.Set.Validation, observer));
        return
        [
            ("mode", test.Mode), ("sampled", test.Sampled), ("images", test.Images),
            ("validation-mode", validation.Mode), ("validation-sampled", validation.Sampled), ("validation-images", validation.Images),
        ];
    }

    private ClassAccuracy Of(ImageSet images, ITrainingObserver observer) => ClassAccuracy.Of(
        experiment.ImageModel, images, experiment.Images.Binarization, Seeds.Derive(experiment.Options.Seed, $"accuracy on {images.Split}"), experiment.Device,
        done => observer.Evaluating($"accuracy on {images.Split} images".ToLowerInvariant(), done, images.Count));
}
