using System.Runtime.InteropServices;
using Heaviside.Data;
using Heaviside.Models;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Binary images to train on, in memory for us and in a file for a peer.</summary>
internal sealed class BenchmarkImages : IDisposable
{
    /// <summary>Pixels of an image.</summary>
    internal const int Pixels = Side * Side;

    private const int Count = 5_000, Side = 28;

    private readonly float[] values;

    private BenchmarkImages(float[] values, string source)
    {
        (this.values, Source) = (values, source);
        File = Path.Combine(Path.GetTempPath(), $"heaviside-bench-{Environment.ProcessId}.f32");
        System.IO.File.WriteAllBytes(File, MemoryMarshal.AsBytes<float>(values));
    }

    /// <summary>Where they are from, in words.</summary>
    internal string Source { get; }

    /// <summary>A file of them all, float32, image by image; it goes when this does.</summary>
    internal string File { get; }

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

    /// <summary>The images in batches <c>[size, D]</c>; what is left over is not used.</summary>
    internal Tensor[] Batches(int size, Device device) =>
        [.. values.Chunk(size * Pixels).Where(b => b.Length == size * Pixels).Select(b => b.ToTensor([size, Pixels], device))];

    /// <summary>What a model must know of them.</summary>
    internal ModelInput Input(Generator rng)
    {
        var means = new float[Pixels];
        for (var i = 0; i < values.Length; i++) means[i % Pixels] += values[i] / Count;
        return new(1, Side, Side, means, rng);
    }

    public void Dispose() => System.IO.File.Delete(File);
}
