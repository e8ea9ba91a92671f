using System.Diagnostics;
using System.Runtime.InteropServices;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Torch;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of the categorical VAE: ours, PyTorch's, and the matrix products alone, in turns on one core.</summary>
internal sealed class VaeBenchmark
{
    private const int Batch = 100, Images = 5_000, Pixels = 784, WarmUp = 50;

    /// <summary>The latents to measure with.</summary>
    internal required LatentShape Latents { get; init; }

    /// <summary>Turns of each.</summary>
    internal required int Rounds { get; init; }

    /// <summary>Steps per turn.</summary>
    internal required int Steps { get; init; }

    /// <summary>Where to compute.</summary>
    internal required Device Device { get; init; }

    /// <summary>Measures; tells <paramref name="progress"/> of each round.</summary>
    internal VaeResult Run(DataFolders folders, Action<int> progress)
    {
        using var scope = torch.NewDisposeScope();
        using var core = Device.Type == DeviceType.CPU ? OneCore.Take() : null;
        var (images, source) = ReadImages(folders);
        var file = Path.Combine(Path.GetTempPath(), $"heaviside-bench-{Environment.ProcessId}.f32");
        File.WriteAllBytes(file, MemoryMarshal.AsBytes<float>(images).ToArray());
        try
        {
            using var peer = PythonPeer.TryStart(
                "vae", "--data", file, "--pixels", $"{Pixels}", "--batch", $"{Batch}", "--latents", $"{Latents}", "--device", $"{Device}");
            if (peer is not null) core?.Include(peer.Process);
            return Measure(images, source, peer, progress);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private VaeResult Measure(float[] images, string source, PythonPeer? peer, Action<int> progress)
    {
        using var initial = new Generator(1);
        using var step = new VaeStep(Latents, new(1, 28, 28, new float[Pixels], initial), Device);
        using var products = new MatrixProducts(Batch, [(Pixels, 200), (200, Latents.Variables * Latents.Classes), (Latents.Variables * Latents.Classes, 400), (400, Pixels)], Device);
        var batches = images.Chunk(Batch * Pixels).Select(b => torch.tensor(b, [Batch, Pixels], Device)).ToArray();
        var done = 0;
        StepTimes ours = new(), theirs = new(), matrix = new();
        _ = Run(WarmUp);
        _ = peer?.Run(WarmUp);
        _ = products.Run(WarmUp);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(Run(Steps));
            if (peer is not null) theirs.Add(peer.Run(Steps));
            matrix.Add(products.Run(Steps));
            progress(round + 1);
        }

        return new(this, source, peer?.Version, ours, peer is null ? null : theirs, matrix, products.FloatingPointOperations);

        double[] Run(int steps)
        {
            var seconds = new double[steps];
            for (var i = 0; i < steps; i++)
            {
                var start = Stopwatch.GetTimestamp();
                step.Make(batches[done++ % batches.Length]);
                seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }

            return seconds;
        }
    }

    private static (float[] Images, string Source) ReadImages(DataFolders folders)
    {
        if (DataCatalog.Get(DataCatalog.Default).Find(folders) is null)
        {
            var random = new Random(1);
            return ([.. Enumerable.Range(0, Images * Pixels).Select(_ => random.NextSingle() < 0.3f ? 1f : 0f)], "random bits");
        }

        var train = DataCatalog.Load(DataCatalog.Default, folders).Train.Slice(0, Images, Split.Train);
        var pixels = new float[Images * Pixels];
        for (var i = 0; i < Images; i++) Binarization.Dynamic.Write(train, i, seed: 1, epoch: 0, pixels.AsSpan(i * Pixels, Pixels));
        return (pixels, $"{DataCatalog.Default}, dynamic binarization, drawn once");
    }
}
