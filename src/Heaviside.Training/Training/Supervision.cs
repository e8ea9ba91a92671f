using Heaviside.Configuration;
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
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("label-weight", options.Weight)];

    /// <summary>The indices of the labeled images among the training images.</summary>
    public IReadOnlyList<int> Images { get; }

    /// <summary>Draws the labeled images; null for a model that does not learn from labels, and where none are asked for.</summary>
    /// <exception cref="InputException">The data have too few labels, or more classes than the model.</exception>
    internal static Supervision? Read(Settings s, LatentVariableModel model, ImageSet train, Binarization binarization, ulong seed, Device device)
    {
        if (model is not ILearnsLabels classes || LabelOptions.Read(s) is not { Count: > 0 } options) return null;
        var images = LabeledImages.Draw(train, options.Count, Seeds.Derive(seed, "labeled images"));
        var largest = images.Max(i => train.Labels!.Value.Span[i]);
        if (largest >= classes.Clusters)
            throw new InputException($"the data have {largest + 1} classes, the model {classes.Clusters}: set classes={largest + 1}");
        var loader = BatchLoader.Shuffled(train.ToExamples(binarization).Only(images), options.BatchSize, Seeds.Derive(seed, "labeled batches"));
        return new(options, images, loader, classes, device);
    }

    /// <summary>The objective of a step, with the label term.</summary>
    /// <param name="model">The model, whose classes are those of the labels.</param>
    /// <param name="x">All images' batch, shape <c>[B, D]</c>.</param>
    /// <param name="estimator">The estimator.</param>
    /// <param name="rng">The source of randomness.</param>
    internal TrainingObjective Objective(LatentVariableModel model, Tensor x, GradientEstimator estimator, Generator rng)
    {
        using var batch = loader.At((int)(Step / loader.BatchesPerEpoch), (int)(Step % loader.BatchesPerEpoch));
        batch.Device = device;
        var known = batch[ImageData.Pixels];
        var objective = model.Train(Step < options.SupervisedSteps ? known : x, estimator, rng);
        var law = classes.ClassLaw(known);
        var labels = torch.zeros_like(law.Logits).ScatterOnes(batch[ImageData.Labels].view([-1, 1, 1]));
        return objective with { Loss = objective.Loss - (options.Weight.At(Step) * LabelRule.Of(estimator, law, labels, rng).mean()) };
    }
}
