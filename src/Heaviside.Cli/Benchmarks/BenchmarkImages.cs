using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Models;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Binary images to train on.</summary>
internal sealed class BenchmarkImages : BenchmarkData
{
    /// <summary>Pixels of an image.</summary>
    internal const int Pixels = Side * Side;

    private const int Count = 5_000, Side = 28;

    private BenchmarkImages(float[] values, string source)
        : base(values, Pixels, source)
    {
    }

    /// <summary>Images of the default data set, or random bits where it is not there.</summary>
    internal static BenchmarkImages Read(DataFolders folders)
    {
        if (DataCatalog.Set(DataCatalog.Default).Find(folders) is null)
        {
            var random = new Random(1);
            return new([.. Enumerable.Range(0, Count * Pixels).Select(_ => random.NextSingle() < 0.3f ? 1f : 0f)], "random bits");
        }

        var train = DataCatalog.Set(DataCatalog.Default).Load(folders).Train.Slice(0, Count, Split.Train);
        var values = new float[Count * Pixels];
        for (var i = 0; i < Count; i++) Binarization.Dynamic.Write(train, i, seed: 1, epoch: 0, values.AsSpan(i * Pixels, Pixels));
        return new(values, $"{DataCatalog.Default}, dynamic binarization, drawn once");
    }

    /// <inheritdoc/>
    internal override TrainingStep Step(string model, string estimator, Settings settings, int batch, Device device)
    {
        using var initial = new Generator(1);
        Tensor[] batches = [.. Values.Chunk(batch * Pixels).Where(b => b.Length == batch * Pixels).Select(b => b.ToTensor([batch, Pixels], device))];
        return TrainingStep.OfImages(model, estimator, settings, Input(initial), batches, device);
    }

    // What a model must know of them.
    private ModelInput Input(Generator rng)
    {
        var means = new float[Pixels];
        for (var i = 0; i < Values.Length; i++) means[i % Pixels] += Values[i] / Count;
        return new(1, Side, Side, means, rng);
    }
}
