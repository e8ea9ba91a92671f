using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Models;

namespace Heaviside.Training.Probes;

/// <summary>The model's other figures, such as the accuracy of edges, over the validation examples.</summary>
public sealed class FiguresProbe : Probe
{
    /// <summary>The figures that are followed, of those that a model has.</summary>
    internal static readonly string[] Followed = ["accuracy", "best-accuracy", "precision", "recall", "published-elbo"];

    /// <summary>The figures of results that studies may read.</summary>
    internal static readonly string[] Known =
        [.. Followed, "squared-error", "squared-error-1", "squared-error-10", "squared-error-20", "accuracy-most-probable", "open-blocks", "multiply-adds"];

    private readonly Experiment experiment;

    /// <summary>A probe of a run.</summary>
    /// <exception cref="InputException">The model has no other figures.</exception>
    public FiguresProbe(Experiment experiment) => this.experiment = experiment.Model is IHasFigures
        ? experiment
        : throw new InputException($"the probe figures is for models that have more figures than their bound, which '{experiment.ModelName}' has not");

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        var seed = Seeds.Derive(experiment.Options.Seed, "validation figures");
        var examples = experiment.Data.InOrder(Split.Validation, BoundEvaluator.BatchSize, seed);
        var figures = new BoundEvaluator { Device = experiment.Device, Progress = done => observer.Evaluating("validation figures", done, examples.Count) }.Figures(experiment.Model, examples, seed);
        return [.. figures.Where(f => Followed.Contains(f.Name)).Select(f => (f.Name, (object?)f.Mean))];
    }
}
