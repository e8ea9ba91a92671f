using Heaviside.Data;
using Heaviside.Models;

namespace Heaviside.Evaluation;

/// <summary>The clusters that a model puts images into.</summary>
public sealed class Clustering
{
    private const int BatchSize = 500;

    private readonly double[,] logOdds;

    /// <summary>A clustering from the logits of each image.</summary>
    /// <param name="images">The images.</param>
    /// <param name="logits">Images by clusters.</param>
    /// <exception cref="ArgumentException">There is not one row per image, or fewer than two clusters.</exception>
    public Clustering(ImageSet images, double[,] logits)
    {
        if (logits.GetLength(0) != images.Count || logits.GetLength(1) < 2)
            throw new ArgumentException($"logits: expected {images.Count} x K of them, K at least 2, got {logits.GetLength(0)} x {logits.GetLength(1)}", nameof(logits));
        (Images, logOdds, Clusters) = (images, LogOdds(logits), logits.GetLength(1));
        Assigned = [.. Enumerable.Range(0, images.Count).Select(i => Enumerable.Range(0, Clusters).MaxBy(k => logOdds[i, k]))];
    }

    /// <summary>The images.</summary>
    public ImageSet Images { get; }

    /// <summary>The number of clusters, K.</summary>
    public int Clusters { get; }

    /// <summary>The most probable cluster of each image, the first of equals.</summary>
    public IReadOnlyList<int> Assigned { get; }

    /// <summary>How many images each cluster has.</summary>
    public IReadOnlyList<int> Sizes => [.. Enumerable.Range(0, Clusters).Select(k => Assigned.Count(a => a == k))];

    /// <summary>The clusters that no image is in.</summary>
    public IReadOnlyList<int> Dead => [.. Sizes.Index().Where(s => s.Item == 0).Select(s => s.Index)];

    /// <summary>Clusters all images of a set, with batch norm as in evaluation and without noise.</summary>
    /// <param name="model">The model, an <see cref="IClusters"/>.</param>
    /// <param name="images">The images.</param>
    /// <param name="binarization">What becomes of grey pixels; dynamic: they stay as they are, so that an image has the same cluster every time.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="progress">Is told of images done.</param>
    /// <exception cref="ArgumentException">The model has no clusters.</exception>
    public static Clustering Of(LatentVariableModel model, ImageSet images, Binarization binarization, Device device, Action<int>? progress = null)
    {
        var clusters = model as IClusters ?? throw new ArgumentException($"model: {model.GetType().Name} has no clusters", nameof(model));
        using var noGrad = torch.no_grad();
        var training = model.training;
        model.eval();
        var logits = new double[images.Count, clusters.Clusters];
        try
        {
            var pixels = ReferenceEquals(binarization, Binarization.Dynamic) ? Binarization.None : binarization;
            foreach (var batch in BatchLoader.InOrder(images.ToExamples(pixels), BatchSize, seed: 0).Epoch())
            {
                using var _ = batch;
                using var scope = torch.NewDisposeScope();
                batch.Device = device;
                var rows = clusters.ClusterLogits(batch[ImageData.Pixels]).to(ScalarType.Float64).ToArray<double>();
                Buffer.BlockCopy(rows, 0, logits, batch.Index * BatchSize * clusters.Clusters * sizeof(double), rows.Length * sizeof(double));
                progress?.Invoke((batch.Index * BatchSize) + batch.Count);
            }
        }
        finally
        {
            model.train(training);
        }

        return new(images, logits);
    }

    /// <summary>q(cluster | image).</summary>
    public double Probability(int image, int cluster) => 1 / (1 + Math.Exp(-logOdds[image, cluster]));

    /// <summary>The images in which a cluster is most probable, the most probable first; they need not be in it.</summary>
    public IEnumerable<int> MostProbable(int cluster) =>
        Enumerable.Range(0, Images.Count).OrderByDescending(i => logOdds[i, cluster]);

    // Unlike probabilities these stay different where a cluster is certain.
    private static double[,] LogOdds(double[,] logits)
    {
        var (images, clusters) = (logits.GetLength(0), logits.GetLength(1));
        var result = new double[images, clusters];
        for (var i = 0; i < images; i++)
            for (var k = 0; k < clusters; k++)
            {
                var others = Enumerable.Range(0, clusters).Where(c => c != k).Select(c => logits[i, c]).ToArray();
                var top = others.Max();
                result[i, k] = logits[i, k] - top - Math.Log(others.Sum(o => Math.Exp(o - top)));
            }

        return result;
    }
}
