using Heaviside.Data;
using Heaviside.Networks;

namespace Heaviside.Models;

/// <summary>Images with labels as networks see them: each channel centered and scaled by its mean and standard deviation over the training images.</summary>
internal sealed class ClassifiedImages : Component
{
    private readonly Tensor mean, scale;

    /// <summary>What there is to know of data.</summary>
    /// <param name="model">The name of the model that they are for.</param>
    /// <param name="data">The data.</param>
    /// <param name="rng">On the device where the model is to be.</param>
    /// <exception cref="InputException">They are no images, or have no labels.</exception>
    internal ClassifiedImages(string model, TrainingData data, Generator rng)
        : base(nameof(ClassifiedImages))
    {
        var train = (data as ImageData)?.Set.Train;
        if (train?.Labels is not { } labels) throw new InputException($"the model '{model}' is for images with labels, which {data.Name} are not ({data.Source})");
        (Shape, Classes) = (new(train.Channels, train.Height, train.Width), 1 + Largest(labels.Span));
        var moments = ChannelMoments.Of((ImageData)data);
        mean = this.AddBuffer(nameof(mean), torch.tensor(moments.Mean, [Shape.Channels, 1, 1], device: rng.device));
        scale = this.AddBuffer(nameof(scale), torch.tensor(moments.Deviation, [Shape.Channels, 1, 1], device: rng.device));
    }

    /// <summary>The shape of an image.</summary>
    internal ImageShape Shape { get; }

    /// <summary>How many classes there are, K.</summary>
    internal int Classes { get; }

    /// <summary>The images of a batch, <c>[B, C, H, W]</c>.</summary>
    internal Tensor Of(Batch batch) => (batch[ImageData.Pixels].view([-1, Shape.Channels, Shape.Height, Shape.Width]) - mean) / scale;

    private static int Largest(ReadOnlySpan<byte> labels)
    {
        var largest = 0;
        foreach (var label in labels) largest = Math.Max(largest, label);
        return largest;
    }
}
