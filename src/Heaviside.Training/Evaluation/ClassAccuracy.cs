using Heaviside.Data;
using Heaviside.Models;

namespace Heaviside.Evaluation;

/// <summary>How often the latent class of an image is its label.</summary>
/// <param name="Mode">The share of images whose most probable class is the label.</param>
/// <param name="Sampled">The share of images of which a class drawn from q(class | x) is the label.</param>
/// <param name="Images">How many images.</param>
public sealed record ClassAccuracy(double Mode, double Sampled, int Images)
{
    private const int BatchSize = 500;

    /// <summary>The accuracy on a set, with pixels as the bounds are evaluated with, and without dropout.</summary>
    /// <param name="model">The model, an <see cref="ILearnsLabels"/>.</param>
    /// <param name="images">Images with labels.</param>
    /// <param name="binarization">What becomes of grey pixels.</param>
    /// <param name="seed">Of the drawn classes.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="progress">Is told of images done.</param>
    /// <exception cref="InputException">There are no labels.</exception>
    /// <exception cref="ArgumentException">The model does not learn from labels.</exception>
    public static ClassAccuracy Of(LatentVariableModel model, ImageSet images, Binarization binarization, ulong seed, Device device, Action<int>? progress = null)
    {
        var classes = model as ILearnsLabels ?? throw new ArgumentException($"model: {model.GetType().Name} does not learn from labels", nameof(model));
        if (images.Labels is null) throw new InputException($"the {images.Split} images have no labels: there is nothing to be accurate on");
        using var noGrad = torch.no_grad();
        using var rng = new Generator(seed, device);
        var training = model.training;
        model.eval();
        var (mode, sampled, done) = (0, 0, 0);
        try
        {
            foreach (var batch in BatchLoader.InOrder(images.ToExamples(binarization), BatchSize, seed).Epoch())
            {
                using var _ = batch;
                using var scope = torch.NewDisposeScope();
                batch.Device = device;
                var law = classes.ClassLaw(batch[ImageData.Pixels]);
                var labels = batch.Values<long>(ImageData.Labels).ToArray();
                int Right(Tensor z) => z.argmax(-1).flatten().ToArray<long>().Zip(labels).Count(c => c.First == c.Second);
                (mode, sampled, done) = (mode + Right(law.Mode()), sampled + Right(law.Sample([], rng)), done + batch.Count);
                progress?.Invoke(done);
            }
        }
        finally
        {
            model.train(training);
        }

        return new((double)mode / done, (double)sampled / done, done);
    }
}
