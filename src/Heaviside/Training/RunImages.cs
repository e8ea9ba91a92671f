using Heaviside.Data;
using Heaviside.Plots;
using Heaviside.Torch;

namespace Heaviside.Training;

/// <summary>Pictures of what a model generates and reconstructs; the mean of each pixel is shown.</summary>
public static class RunImages
{
    /// <summary>Images of latents drawn from the prior, ten in a row.</summary>
    public static RasterImage Samples(Experiment experiment, int count, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(seed, experiment.Device);
        experiment.Model.eval();
        var means = experiment.Model.Generate(count, rng).ToArray<float>();
        var (c, h, w) = Size(experiment);
        return new ImageGrid().Arrange(means, count, c, h, w);
    }

    /// <summary>The first test images, each above its reconstruction.</summary>
    public static RasterImage Reconstructions(Experiment experiment, int count, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(seed, experiment.Device);
        experiment.Model.eval();
        var test = experiment.Data.Test;
        count = Math.Min(count, test.Count);
        using var batch = new BatchLoader(test.Slice(0, count, Split.Test), experiment.Binarization, count, seed).InOrder().First();
        var x = torch.tensor(batch.Pixels, [count, test.ImageSize], experiment.Device);
        var means = experiment.Model.Reconstruct(x, rng).ToArray<float>();
        var (c, h, w) = Size(experiment);
        return new ImageGrid().ArrangePairs(batch.Pixels, means, count, c, h, w);
    }

    private static (int Channels, int Height, int Width) Size(Experiment e) => (e.Data.Train.Channels, e.Data.Train.Height, e.Data.Train.Width);
}
