using System.Text;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Models;
using Heaviside.Numerics;
using Heaviside.Pictures;

namespace Heaviside.Training;

/// <summary>What a run's model makes of images as clusters: who is in which, how that agrees with classes, and a picture.</summary>
public sealed class ClusterReport
{
    private const int Generated = 2;
    private readonly Experiment experiment;

    private ClusterReport(Experiment experiment, Clustering clustering, ClusterAccuracy? accuracy) =>
        (this.experiment, Clustering, Accuracy) = (experiment, clustering, accuracy);

    /// <summary>The clusters of the images.</summary>
    public Clustering Clustering { get; }

    /// <summary>Agreement with the classes; null where the data set has no labels.</summary>
    public ClusterAccuracy? Accuracy { get; }

    /// <summary>Clusters a split of the run's data; the classes of clusters are those of validation images.</summary>
    /// <param name="experiment">A run with the weights to be used.</param>
    /// <param name="split">Which images.</param>
    /// <param name="observer">Is told of images done.</param>
    /// <exception cref="InputException">The model has no clusters.</exception>
    public static ClusterReport Create(Experiment experiment, Split split, ITrainingObserver observer)
    {
        if (experiment.Model is not (LatentVariableModel and IClusters))
            throw new InputException($"the run's model has no clusters; train one that has, such as: {HostProgram.Name} train gmvae");
        Clustering Cluster(ImageSet images) => Clustering.Of(
            experiment.ImageModel, images, experiment.Images.Binarization, experiment.Device, done => observer.Evaluating($"clusters of {images.Split} images".ToLowerInvariant(), done, images.Count));
        var clustering = Cluster(Images(experiment, split));
        var accuracy = clustering.Images.Labels is null ? null : ClusterAccuracy.Of(Cluster(experiment.Images.Set.Validation), clustering);
        return new(experiment, clustering, accuracy);
    }

    /// <summary>A line per image: its number in the split, its cluster, q(cluster | image), and its label where there is one.</summary>
    public string Assignments()
    {
        var labels = Clustering.Images.Labels;
        var text = new StringBuilder(labels is null ? "image,cluster,probability\n" : "image,cluster,probability,label\n");
        foreach (var (image, cluster) in Clustering.Assigned.Index())
        {
            text.Append($"{image},{cluster},").Append(Invariant.Format(Clustering.Probability(image, cluster)));
            text.Append(labels is { } known ? $",{known.Span[image]}\n" : "\n");
        }

        return text.ToString();
    }

    /// <summary>Clusters by classes as comma-separated values: how many images of each.</summary>
    /// <exception cref="InputException">The data set has no labels.</exception>
    public string Confusion()
    {
        var counts = ClusterAccuracy.Confusion(Clustering);
        var classes = Enumerable.Range(0, counts.GetLength(1)).ToList();
        var text = new StringBuilder("cluster," + string.Join(',', classes.Select(c => $"class-{c}")) + "\n");
        for (var k = 0; k < counts.GetLength(0); k++) text.AppendLine($"{k}," + string.Join(',', classes.Select(c => counts[k, c])));
        return text.ToString();
    }

    /// <summary>A row per cluster that has images: two images that the model generates, then the most probable of its own; gray where it has no more.</summary>
    /// <param name="columns">Images in a row, 3 or more.</param>
    /// <param name="seed">Of the generated images.</param>
    public RasterImage Picture(int columns, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, Generated + 1);
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(seed, experiment.Device);
        experiment.Model.eval();
        var images = Clustering.Images;
        var generated = ((IClusters)experiment.Model).GenerateClusters(Generated, rng).ToArray<float>();
        var rows = Enumerable.Range(0, Clustering.Clusters).Except(Clustering.Dead).ToList();
        var pixels = new float[rows.Count * columns * images.ImageSize];
        Array.Fill(pixels, 0.5f);
        foreach (var (row, cluster) in rows.Index())
        {
            var line = pixels.AsSpan(row * columns * images.ImageSize, columns * images.ImageSize);
            generated.AsSpan(cluster * Generated * images.ImageSize, Generated * images.ImageSize).CopyTo(line);
            foreach (var (place, image) in Clustering.MostProbable(cluster).Where(i => Clustering.Assigned[i] == cluster).Take(columns - Generated).Index())
            {
                var to = line.Slice((Generated + place) * images.ImageSize, images.ImageSize);
                var from = images.Image(image);
                for (var p = 0; p < to.Length; p++) to[p] = from[p] / 255f;
            }
        }

        return new ImageGrid
        {
            Columns = columns,
            Zoom = Math.Max(1, 64 / Math.Max(images.Height, images.Width)), // rows are long
            RowLabels = [.. rows.Select(k => $"cluster {k}")],
            Caption = $"The first {Generated} images of each row are generated, the mean of every pixel; the others are the most probable {images.Split.ToString().ToLowerInvariant()} images of the cluster. {RunReport.Conditions(experiment)}.",
        }.Arrange(pixels, rows.Count * columns, images.Channels, images.Height, images.Width);
    }

    private static ImageSet Images(Experiment e, Split split) =>
        split switch { Split.Test => e.Images.Set.Test, Split.Validation => e.Images.Set.Validation, _ => e.Images.Set.Train };
}
