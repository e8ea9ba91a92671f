using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Models;

namespace Heaviside.Training.Probes;

/// <summary>A figure that a paper reports in place of a bound, on the validation and on the test images; see <see cref="IHasPartialBound"/>.</summary>
public sealed class PartialBound : Probe
{
    private readonly Experiment experiment;
    private readonly IHasPartialBound model;

    /// <summary>A probe of a run.</summary>
    /// <exception cref="InputException">The model has no such figure.</exception>
    public PartialBound(Experiment experiment)
    {
        this.experiment = experiment;
        model = experiment.Model as IHasPartialBound ?? throw new InputException("the probe partial-bound is for models of which such a figure is reported, such as pairwise-vae");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        var (validation, test) = (Mean(Split.Validation), Mean(Split.Test));
        return [("bound", model.PartialBoundDescription), ("mean", validation), ("test", test), ("images", experiment.Data.Count(Split.Validation))];

        double Mean(Split split)
        {
            var seed = Seeds.Derive(experiment.Options.Seed, "partial bound");
            var images = experiment.Data.InOrder(split, BoundEvaluator.BatchSize, seed);
            var evaluator = new BoundEvaluator { Device = experiment.Device, Progress = done => observer.Evaluating("partial bound", done, images.Count) };
            return evaluator.Each(experiment.Model, images, seed, (batch, rng) => model.PartialBound(batch[ImageData.Pixels], rng).to(ScalarType.Float64)).Average();
        }
    }
}
