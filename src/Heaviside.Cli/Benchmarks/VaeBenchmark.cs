using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Models;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of the categorical VAE: ours, the peers', and the matrix products alone, in turns on one core.</summary>
internal sealed class VaeBenchmark
{
    private const int Batch = 100, Pixels = BenchmarkImages.Pixels, WarmUp = 50;

    /// <summary>The latents to measure with.</summary>
    internal required LatentShape Latents { get; init; }

    /// <summary>Those to compare with.</summary>
    internal required IReadOnlyList<PeerKind> PeerKinds { get; init; }

    /// <summary>Turns of each.</summary>
    internal required int Rounds { get; init; }

    /// <summary>Steps per turn.</summary>
    internal required int Steps { get; init; }

    /// <summary>Where to compute.</summary>
    internal required Device Device { get; init; }

    /// <summary>A training step of the model of these latents, with Gumbel-Softmax.</summary>
    internal static TrainingStep Step(LatentShape latents, ModelInput input, Device device) =>
        new("categorical-vae", "gumbel-softmax", new Settings([new("latents", $"{latents}")]), input, device);

    /// <summary>Measures; tells <paramref name="progress"/> of each round.</summary>
    internal VaeResult Run(DataFolders folders, Action<int> progress)
    {
        using var scope = torch.NewDisposeScope();
        using var core = Device.type == DeviceType.CPU ? OneCore.Take() : null;
        using var images = BenchmarkImages.Read(folders);
        using var peers = PeerProcesses.Start(PeerKinds, core, "vae", [.. PeerProcesses.Data(images, Batch), "--device", $"{Device}"]);

        using var initial = new Generator(1);
        using var step = Step(Latents, images.Input(initial), Device);
        using var products = new MatrixProducts(Batch, [(Pixels, 200), (200, Latents.Variables * Latents.Classes), (Latents.Variables * Latents.Classes, 400), (400, Pixels)], Device);
        var batches = images.Batches(Batch, Device);
        var times = new ComparedTimes($"{Latents}", peers.Running.Select(p => p.Kind));
        var matrix = new StepTimes();
        _ = step.Run(WarmUp, batches);
        times.RunPeers(peers, WarmUp, times.Name, keep: false);
        _ = products.Run(WarmUp);
        for (var round = 0; round < Rounds; round++)
        {
            times.Ours.Add(step.Run(Steps, batches));
            times.RunPeers(peers, Steps, times.Name);
            matrix.Add(products.Run(Steps));
            progress(round + 1);
        }

        return new(this, images.Source, peers.Versions, times, matrix, products.FloatingPointOperations);
    }
}
