using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Networks.Residual;

namespace Heaviside.Models;

/// <summary>A residual network that says which class an image is of.</summary>
/// <remarks>It maximizes log p(class | image) and needs no estimator. Pixels are centered and scaled, channel by channel, by the mean and the standard deviation over the
/// training images. Reference: He et al. 2015, arXiv:1512.03385.</remarks>
public sealed class ResidualClassifier : TrainableModel, IClassifies, IHasFigures
{
    private readonly ClassifiedImages images;
    private readonly ResidualNetwork network;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="data">Images with labels.</param>
    /// <param name="rng">The source of the initial weights; on the device on which they are to be.</param>
    /// <param name="options">Depth and width; null: those by default.</param>
    /// <exception cref="InputException">The data are no images, or have no labels.</exception>
    public ResidualClassifier(TrainingData data, Generator rng, ResidualClassifierOptions? options = null)
    {
        options ??= new();
        images = this.AddModule(nameof(images), new ClassifiedImages("resnet", data, rng));
        network = this.AddModule(nameof(network), new ResidualNetwork(images.Shape.Channels, options.Depth, options.Width, Classes, rng));
    }

    /// <inheritdoc/>
    public override string Quantity => "log p(class | image)";

    /// <inheritdoc/>
    public int Classes => images.Classes;

    /// <inheritdoc/>
    public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng)
    {
        var score = Score(batch, rng).mean();
        return new(-score, score.detach(), EvaluationPoint.HardSample);
    }

    /// <inheritdoc/>
    public override Tensor Score(Batch batch, Generator rng) => LogProbabilities(batch, rng).gather(-1, batch[ImageData.Labels].unsqueeze(-1)).squeeze(-1);

    /// <inheritdoc/>
    public Tensor LogProbabilities(Batch batch, Generator rng) => network.Logits(images.Of(batch)).log_softmax(-1);

    /// <summary><c>accuracy</c>: how often the most probable class is right.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Figures(Batch batch, Generator rng) =>
        [("accuracy", LogProbabilities(batch, rng).argmax(-1).eq(batch[ImageData.Labels]).to(ScalarType.Float32))];
}

/// <summary>The options of a <see cref="ResidualClassifier"/>.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed record ResidualClassifierOptions
{
    /// <summary>Layers with weights, 6 n + 2, from 8 to 1202; default 20.</summary>
    [Option("layers with weights: 8, 14, 20, 26, 32, ..., 110 and so on", Least = 8, Most = 1202)]
    public int Depth { get; init => field = ResidualNetwork.Depth(OptionInfo.Checked(this, value)); } = 20;

    /// <summary>Channels of the first stage, from 1 to 4096; default 16.</summary>
    [Option("channels of the first stage; the second has twice as many, the third four times", Least = 1, Most = 4096)]
    public int Width { get; init => field = OptionInfo.Checked(this, value); } = 16;
}
