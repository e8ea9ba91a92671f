using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Networks;
using Heaviside.Networks.Residual;

namespace Heaviside.Models;

/// <summary>A residual network that says which class an image is of.</summary>
/// <remarks>It maximizes log p(class | image) and needs no estimator. Pixels are centered and scaled, channel by channel, by the mean and the standard deviation over the
/// training images. Reference: He et al. 2015, arXiv:1512.03385.</remarks>
public sealed class ResidualClassifier : TrainableModel, IClassifies, IHasFigures
{
    private readonly ImageShape shape;
    private readonly ResidualNetwork network;
    private readonly Tensor mean, scale;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="data">Images with labels.</param>
    /// <param name="rng">The source of the initial weights; on the device on which they are to be.</param>
    /// <param name="options">Depth and width; null: those by default.</param>
    /// <exception cref="InputException">The data are no images, or have no labels.</exception>
    public ResidualClassifier(TrainingData data, Generator rng, ResidualClassifierOptions? options = null)
    {
        options ??= new();
        var train = (data as ImageData)?.Set.Train;
        if (train?.Labels is not { } labels) throw new InputException($"the model 'resnet' is for images with labels, which {data.Name} are not ({data.Source})");
        (shape, Classes) = (new(train.Channels, train.Height, train.Width), 1 + Largest(labels.Span));
        network = this.AddModule(nameof(network), new ResidualNetwork(shape.Channels, options.Depth, options.Width, Classes, rng));
        var moments = ChannelMoments.Of((ImageData)data);
        mean = this.AddBuffer("pixel_mean", torch.tensor(moments.Mean, [shape.Channels, 1, 1], device: rng.device));
        scale = this.AddBuffer("pixel_scale", torch.tensor(moments.Deviation, [shape.Channels, 1, 1], device: rng.device));
    }

    /// <inheritdoc/>
    public override string Quantity => "log p(class | image)";

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng)
    {
        var score = Score(batch, rng).mean();
        return new(-score, score.detach(), EvaluationPoint.HardSample);
    }

    /// <inheritdoc/>
    public override Tensor Score(Batch batch, Generator rng) => LogProbabilities(batch, rng).gather(-1, batch[ImageData.Labels].unsqueeze(-1)).squeeze(-1);

    /// <inheritdoc/>
    public Tensor LogProbabilities(Batch batch, Generator rng)
    {
        var x = batch[ImageData.Pixels].view([-1, shape.Channels, shape.Height, shape.Width]);
        return network.Logits((x - mean) / scale).log_softmax(-1);
    }

    /// <summary><c>accuracy</c>: how often the most probable class is right.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Figures(Batch batch, Generator rng) =>
        [("accuracy", LogProbabilities(batch, rng).argmax(-1).eq(batch[ImageData.Labels]).to(ScalarType.Float32))];

    private static int Largest(ReadOnlySpan<byte> labels)
    {
        var largest = 0;
        foreach (var label in labels) largest = Math.Max(largest, label);
        return largest;
    }
}

/// <summary>The options of a <see cref="ResidualClassifier"/>.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed record ResidualClassifierOptions
{
    /// <summary>Layers with weights, 6 n + 2, from 8 to 1202; default 20.</summary>
    [Option("layers with weights: 8, 14, 20, 26, 32, ..., 110 and so on", Least = 8, Most = 1202)]
    public int Depth
    {
        get;
        init => field = ResidualNetwork.IsDepth(OptionInfo.Checked(this, value)) ? value : throw new ArgumentOutOfRangeException(nameof(Depth), value, "must be 6 n + 2, such as 8, 14, 20 or 110");
    } = 20;

    /// <summary>Channels of the first stage, from 1 to 4096; default 16.</summary>
    [Option("channels of the first stage; the second has twice as many, the third four times", Least = 1, Most = 4096)]
    public int Width { get; init => field = OptionInfo.Checked(this, value); } = 16;
}
