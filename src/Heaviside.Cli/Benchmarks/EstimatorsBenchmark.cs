using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of the sigmoid belief network 784-200-784 with each estimator at its default settings, ours and the peers' in turns on one core.</summary>
internal sealed class EstimatorsBenchmark
{
    /// <summary>The estimator whose step is the unit of the others.</summary>
    internal const string Unit = "gumbel-softmax";

    private const string Model = "sbn";
    private const int WarmUp = 50;

    /// <summary>What to measure; the unit always is.</summary>
    internal required IReadOnlyList<string> Estimators { get; init; }

    /// <summary>Images per step.</summary>
    internal required int Batch { get; init; }

    /// <summary>Those to compare with.</summary>
    internal required IReadOnlyList<PeerKind> PeerKinds { get; init; }

    /// <summary>Turns of each.</summary>
    internal required int Rounds { get; init; }

    /// <summary>Steps per turn.</summary>
    internal required int Steps { get; init; }

    /// <summary>Measures; tells <paramref name="progress"/> of each round.</summary>
    internal EstimatorsResult Run(DataFolders folders, Action<int> progress)
    {
        using var scope = torch.NewDisposeScope();
        using var core = OneCore.Take();
        using var images = BenchmarkImages.Read(folders);
        using var peers = PeerProcesses.Start(PeerKinds, core, "estimators", PeerProcesses.Data(images, Batch));

        var batches = images.Batches(Batch, torch.CPU);
        var steps = new Dictionary<ComparedTimes, TrainingStep>();
        var leftOut = new List<(string Name, string Reason)>();
        foreach (var name in Estimators.Prepend(Unit).Distinct())
        {
            try
            {
                var step = Step(name, images);
                _ = step.Run(WarmUp, batches);
                steps.Add(new(name, peers.Running.Where(p => p.Works.Contains(name)).Select(p => p.Kind)), step);
            }
            catch (UnsupportedException error)
            {
                leftOut.Add((name, error.Message));
            }
        }

        foreach (var times in steps.Keys) times.RunPeers(peers, WarmUp, times.Name, keep: false);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (times, step) in steps)
            {
                times.Ours.Add(step.Run(Steps, batches));
                times.RunPeers(peers, Steps, times.Name);
            }

            progress(round + 1);
        }

        foreach (var step in steps.Values) step.Dispose();
        return new(this, images.Source, torch.get_num_threads(), peers.Versions, [.. steps.Keys], leftOut);
    }

    // Adam as the papers on these estimators have it, on both sides.
    private static TrainingStep Step(string estimator, BenchmarkImages images)
    {
        using var initial = new Generator(1);
        return new(Model, estimator, new Settings([new("beta2", "0.99999")]), images.Input(initial), torch.CPU);
    }
}
