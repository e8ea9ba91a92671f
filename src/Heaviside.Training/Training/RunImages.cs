using System.Globalization;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Pictures;

namespace Heaviside.Training;

/// <summary>Pictures of what a model generates and reconstructs; the mean of each pixel is shown.</summary>
public static class RunImages
{
    private const int Columns = 10;
    private const string Caption = "Test images and what the model makes of them, the mean of every pixel.";

    /// <summary>Images of latents drawn from the prior, ten in a row; of a model that has no prior, as it completes images
    /// that are given in part, rows of a test image and nine draws of what the model makes of it.</summary>
    public static RasterImage Samples(Experiment experiment, int count, ulong seed) => Draw(experiment, seed, rng =>
    {
        var images = experiment.Model is IHasPrior model ? model.Generate(count, rng) : Variants(experiment, count, seed, rng);
        var (c, h, w) = Size(experiment);
        return Grid(experiment, experiment.Model is IHasPrior ? "Generated from the prior, the mean of every pixel." : "Rows of a test image and nine draws of what the model makes of it.")
            .Arrange(images.ToArray<float>(), (int)images.size(0), c, h, w);
    });

    /// <summary>The first test images, each above its reconstruction; where the model sees them binarized, with the grey original above both.</summary>
    public static RasterImage Reconstructions(Experiment experiment, int count, ulong seed) => Draw(experiment, seed, rng =>
    {
        var x = TestImages(experiment, count, seed);
        var (c, h, w) = Size(experiment);
        float[] seen = x.ToArray<float>(), reconstructions = experiment.ImageModel.Reconstruct(x, rng).ToArray<float>(), grey = Grey(experiment.Images.Set.Test, (int)x.size(0));
        return grey.AsSpan().SequenceEqual(seen)
            ? Grid(experiment, Caption, "original", "reconstruction").ArrangeBands([seen, reconstructions], (int)x.size(0), c, h, w)
            : Grid(experiment, Caption, "grey original", "binarized", "reconstruction").ArrangeBands([grey, seen, reconstructions], (int)x.size(0), c, h, w);
    });

    /// <summary>A row for each of some chains of a model's Boltzmann machine, the images in it 0, 1, 3, 10, 30, ..., 10,000 sweeps after its beginning.</summary>
    /// <exception cref="InputException">The model has no such prior.</exception>
    public static RasterImage Mixing(Experiment experiment, int count, ulong seed) => Draw(experiment, seed, rng =>
    {
        var model = experiment.Model as IHasBoltzmannPrior ?? throw new InputException("the model has no Boltzmann machine as prior, and so no chains");
        long[] sweeps = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000];
        var images = model.GenerateAlong(count, sweeps, rng);
        var (c, h, w) = Size(experiment);
        return new ImageGrid
        {
            Columns = sweeps.Length,
            RowLabels = [.. Enumerable.Range(1, count).Select(chain => $"chain {chain}")],
            ColumnLabels = [.. sweeps.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n:N0}"))],
            Caption = $"Chains of the Boltzmann machine after as many sweeps as stand above, the mean of every pixel. {RunReport.Conditions(experiment)}.",
        }.Arrange(images.ToArray<float>(), count * sweeps.Length, c, h, w);
    });

    /// <summary>A row of ten generated images for each class of a model that has some.</summary>
    /// <exception cref="ArgumentException">The model has no classes.</exception>
    public static RasterImage Classes(Experiment experiment, ulong seed) => Draw(experiment, seed, rng =>
    {
        var model = experiment.Model as IClusters ?? throw new ArgumentException($"experiment: {experiment.Model.GetType().Name} has no classes", nameof(experiment));
        var (c, h, w) = Size(experiment);
        return Grid(experiment, "Images generated for each class, the mean of every pixel.", [.. Enumerable.Range(0, model.Clusters).Select(k => $"class {k}")])
            .Arrange(model.GenerateClusters(Columns, rng).ToArray<float>(), model.Clusters * Columns, c, h, w);
    });

    /// <summary>For each attribute that classes are made of a row of ten generated images without it, and below it the same with it: what else
    /// is latent, and the other attributes, drawn once for each column, stay.</summary>
    /// <exception cref="ArgumentException">Classes are not made of attributes, or the model has fewer of them.</exception>
    public static RasterImage Attributes(Experiment experiment, ulong seed) => Draw(experiment, seed, rng =>
    {
        var attributes = experiment.Images.Set.ClassAttributes.Count;
        if (attributes == 0 || experiment.Model is not ILearnsLabels model || model.Clusters < 1 << attributes)
            throw new ArgumentException($"experiment: expected a model of 2^n classes and data with n attributes, got {experiment.Model.GetType().Name} and {attributes}", nameof(experiment));
        var images = model.GenerateVariants(Columns, rng);
        var others = torch.randint(0, 1 << attributes, [Columns], generator: rng, device: experiment.Device).ToArray<long>();
        float[] Rows(bool on) => torch.cat([.. Enumerable.Range(0, attributes * Columns).Select(place =>
        {
            var (column, bit) = (place % Columns, 1L << (attributes - 1 - (place / Columns)));
            return images[on ? others[column] | bit : others[column] & ~bit][column];
        })]).ToArray<float>();
        var (c, h, w) = Size(experiment);
        return Grid(experiment, "Generated without and with each attribute; all else in a column is the same.", [.. experiment.Images.Set.ClassAttributes.SelectMany(name => new[] { $"without {name}", $"with {name}" })])
            .ArrangeBands([Rows(on: false), Rows(on: true)], attributes * Columns, c, h, w);
    });

    private static ImageGrid Grid(Experiment experiment, string caption, params IReadOnlyList<string> rows) =>
        new() { Columns = Columns, RowLabels = rows, Caption = $"{caption} {RunReport.Conditions(experiment)}." };

    // [count, ImageSize], as they are in the data.
    private static float[] Grey(ImageSet images, int count)
    {
        var grey = new float[count * images.ImageSize];
        for (var i = 0; i < count; i++)
            for (var p = 0; p < images.ImageSize; p++) grey[(i * images.ImageSize) + p] = images.Image(i)[p] / 255f;
        return grey;
    }

    private static RasterImage Draw(Experiment experiment, ulong seed, Func<Generator, RasterImage> draw)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(seed, experiment.Device);
        experiment.Model.eval();
        return draw(rng);
    }

    private static Tensor Variants(Experiment experiment, int count, ulong seed, Generator rng)
    {
        var x = TestImages(experiment, ((count - 1) / Columns) + 1, seed).unsqueeze(1);
        var draws = experiment.ImageModel.Reconstruct(x.expand([-1, Columns - 1, -1]).flatten(0, 1), rng);
        var rows = torch.cat([x, draws.view([x.size(0), Columns - 1, -1])], 1).flatten(0, 1);
        return rows.narrow(0, 0, Math.Min(count, rows.size(0)));
    }

    private static Tensor TestImages(Experiment experiment, int count, ulong seed)
    {
        var test = experiment.Images.Set.Test;
        count = Math.Min(count, test.Count);
        using var batch = BatchLoader.InOrder(test.ToExamples(experiment.Images.Binarization), count, seed).At(0, 0);
        batch.Device = experiment.Device;
        return batch[ImageData.Pixels];
    }

    private static (int Channels, int Height, int Width) Size(Experiment e) => (e.Images.Set.Train.Channels, e.Images.Set.Train.Height, e.Images.Set.Train.Width);
}
