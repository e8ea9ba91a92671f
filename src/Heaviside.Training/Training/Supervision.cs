using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Numerics;

namespace Heaviside.Training;

/// <summary>The labeled images of a run, and what its model learns from them.</summary>
/// <remarks>A step's objective is that of all images plus weight times the label term of a batch of labeled ones (arXiv:1806.02867,
/// equation 9); in the first, supervised steps the labeled batch stands for all images. Which images are labeled, and which of
/// them a step sees, are functions of the seed and the step: there is no position to save.</remarks>
public sealed class Supervision : IScheduled
{
    private readonly LabelOptions options;
    private readonly BatchLoader loader;
    private readonly ILearnsLabels classes;
    private readonly Device device;

    private Supervision(LabelOptions options, IReadOnlyList<int> images, BatchLoader loader, ILearnsLabels classes, Device device) =>
        (this.options, Images, this.loader, this.classes, this.device) = (options, images, loader, classes, device);

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("label-weight", options.LabelWeight)];

    /// <summary>The indices of the labeled images among the training images.</summary>
    public IReadOnlyList<int> Images { get; }

    /// <summary>Draws the labeled images; null for a model that does not learn from labels, and where none are asked for.</summary>
    /// <exception cref="InputException">The data have too few labels, or more classes than the model.</exception>
    internal static Supervision? Of(LabelOptions options, TrainableModel model, TrainingData data, ulong seed, Device device)
    {
        if (options.Labels == 0 || model is not ILearnsLabels classes || data is not ImageData images) return null;
        var train = images.Set.Train;
        var labeled = LabeledImages.Draw(train, options.Labels, Seeds.Derive(seed, "labeled images"));
        var largest = labeled.Max(i => train.Labels!.Value.Span[i]);
        if (largest >= classes.Clusters)
            throw new InputException($"the data have {largest + 1} classes, the model {classes.Clusters}: set classes={largest + 1}");
        var loader = BatchLoader.Shuffled(images.Examples(Split.Train).Only(labeled), options.LabeledBatch, Seeds.Derive(seed, "labeled batches"));
        return new(options, labeled, loader, classes, device);
    }

    /// <summary>The objective of a step, with the label term.</summary>
    /// <param name="model">The model, whose classes are those of the labels.</param>
    /// <param name="batch">All images' batch.</param>
    /// <param name="estimator">The estimator.</param>
    /// <param name="rng">The source of randomness.</param>
    internal TrainingObjective Objective(TrainableModel model, Batch batch, GradientEstimator estimator, Generator rng)
    {
        using var known = loader.At((int)(Step / loader.BatchesPerEpoch), (int)(Step % loader.BatchesPerEpoch));
        known.Device = device;
        var objective = model.Objective(Step < options.SupervisedSteps ? known : batch, estimator, rng);
        var law = classes.ClassLaw(known[ImageData.Pixels]);
        var labels = torch.zeros_like(law.Logits).ScatterOnes(known[ImageData.Labels].view([-1, 1, 1]));
        return objective with { Loss = objective.Loss - (options.LabelWeight.At(Step) * LabelRule.Of(estimator, law, labels, rng).mean()) };
    }
}
