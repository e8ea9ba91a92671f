using System.Text;
using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Models;
using Heaviside.Pictures;

namespace Heaviside.Training;

/// <summary>What a run that classifies images takes for what: a table, and a picture of its worst mistakes.</summary>
internal sealed class RunClasses
{
    private readonly Experiment experiment;
    private readonly int[] predicted;
    private readonly double[] surprise; // minus the log-probability of the label
    private readonly int classes;

    private RunClasses(Experiment experiment, int classes, int[] predicted, double[] surprise) =>
        (this.experiment, this.classes, this.predicted, this.surprise) = (experiment, classes, predicted, surprise);

    private ImageSet Test => experiment.Images.Set.Test;

    /// <summary>Classifies the test images.</summary>
    internal static RunClasses Of(Experiment experiment, CancellationToken stop)
    {
        var model = (IClassifies)experiment.Model;
        var seed = Seeds.Derive(experiment.Options.Seed, "classes");
        var values = new BoundEvaluator { Device = experiment.Device, Cancellation = stop }.Each(
            experiment.Model, experiment.Data.InOrder(Split.Test, BoundEvaluator.BatchSize, seed), seed, (batch, rng) =>
            {
                var log = model.LogProbabilities(batch, rng);
                var ofLabel = log.gather(-1, batch[ImageData.Labels].unsqueeze(-1)).squeeze(-1);
                return torch.stack([log.argmax(-1).to(ScalarType.Float64), -ofLabel.to(ScalarType.Float64)], -1).flatten();
            });
        return new(experiment, model.Classes, [.. values.Where((_, i) => i % 2 == 0).Select(v => (int)v)], [.. values.Where((_, i) => i % 2 == 1)]);
    }

    /// <summary>How many test images of each class (rows) were taken for each class (columns), as comma-separated values.</summary>
    internal string Confusion()
    {
        var counts = new int[classes, classes];
        for (var i = 0; i < predicted.Length; i++) counts[Label(i), predicted[i]]++;
        var table = new StringBuilder("class," + string.Join(',', Enumerable.Range(0, classes).Select(k => $"taken-for-{k}")) + "\n");
        for (var c = 0; c < classes; c++) table.Append($"{c},{string.Join(',', Enumerable.Range(0, classes).Select(k => counts[c, k]))}\n");
        return table.ToString();
    }

    /// <summary>The mistakes whose class was held to be least probable, the worst first; null where there are none.</summary>
    /// <param name="count">How many at most.</param>
    internal RasterImage? Mistakes(int count)
    {
        int[] worst = [.. Enumerable.Range(0, predicted.Length).Where(i => predicted[i] != Label(i)).OrderByDescending(i => surprise[i]).Take(count)];
        if (worst.Length == 0) return null;
        var pixels = new float[worst.Length * Test.ImageSize];
        foreach (var (place, image) in worst.Index())
            for (var p = 0; p < Test.ImageSize; p++) pixels[(place * Test.ImageSize) + p] = Test.Image(image)[p] / 255f;
        var named = string.Join(", ", worst.Select(i => $"{Label(i)} for {predicted[i]}"));
        return new ImageGrid
        {
            Columns = 10,
            Caption = $"The {worst.Length} test images whose own class was held to be least probable, the worst first, row by row; their classes, and what they were taken for: {named}. {RunReport.Conditions(experiment)}.",
        }.Arrange(pixels, worst.Length, Test.Channels, Test.Height, Test.Width);
    }

    private int Label(int image) => Test.Labels!.Value.Span[image];
}
