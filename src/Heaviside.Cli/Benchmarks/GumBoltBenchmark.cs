using System.Diagnostics;
using System.Text.Json.Nodes;
using Heaviside.Data;
using Heaviside.Priors;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of GumBolt, ours and the peers' in turns on one core, and where ours spend their time.</summary>
internal sealed class GumBoltBenchmark
{
    private const int Batch = 100, WarmUp = 20, PeerWarmUp = 5;

    /// <summary>What is measured.</summary>
    internal required IReadOnlyList<GumBoltWork> Works { get; init; }

    /// <summary>Turns of each.</summary>
    internal required int Rounds { get; init; }

    /// <summary>Steps per turn.</summary>
    internal required int Steps { get; init; }

    /// <summary>Where the images come from; known after the run.</summary>
    internal string Source { get; private set; } = "";

    /// <summary>Those to compare with.</summary>
    internal required IReadOnlyList<PeerKind> PeerKinds { get; init; }

    /// <summary>The peers that were asked for; known after the run.</summary>
    internal IReadOnlyList<PeerVersion> PeerVersions { get; private set; } = [];

    /// <summary>Measures; tells <paramref name="progress"/> of each round.</summary>
    internal IReadOnlyList<GumBoltTimes> Run(DataFolders folders, Action<int> progress)
    {
        using var scope = torch.NewDisposeScope();
        using var core = OneCore.Take();
        using var images = BenchmarkImages.Read(folders);
        using var peers = PeerProcesses.Start(PeerKinds, core, "gumbolt", PeerProcesses.Data(images, Batch));
        (Source, PeerVersions) = (images.Source, peers.Versions);

        var batches = images.Batches(Batch, torch.CPU);
        var sides = Works.Select(w => (Times: new GumBoltTimes(w, peers.Running.Select(p => p.Kind)), Whole: Step(w, images, "restricted"), Networks: Step(w, images, "factorial"), Sample: Sampler(w))).ToList();
        foreach (var side in sides)
        {
            _ = side.Whole.Run(WarmUp, batches);
            _ = side.Networks.Run(WarmUp, batches);
            _ = side.Sample(WarmUp);
            side.Times.Whole.RunPeers(peers, PeerWarmUp, side.Times.Work.Key, keep: false);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (times, whole, networks, sample) in sides)
            {
                times.Whole.Ours.Add(whole.Run(Steps, batches));
                times.Whole.RunPeers(peers, Steps, times.Work.Key);
                times.Networks.Add(networks.Run(Steps, batches));
                times.Sampling.Add(sample(Steps));
            }

            progress(round + 1);
        }

        foreach (var side in sides)
        {
            side.Whole.Dispose();
            side.Networks.Dispose();
        }

        return [.. sides.Select(s => s.Times)];
    }

    /// <summary>The results of a run for a program.</summary>
    internal JsonObject ToJson(IReadOnlyList<GumBoltTimes> results) => new()
    {
        ["batch"] = Batch,
        ["chains"] = GumBoltWork.Chains,
        ["sweeps"] = GumBoltWork.Sweeps,
        ["threads"] = torch.get_num_threads(),
        ["rounds"] = Rounds,
        ["steps"] = Steps,
        ["data"] = Source,
        ["libtorch"] = Machine.LibtorchVersion,
        ["peer-versions"] = PeerProcesses.ToJson(PeerVersions),
        ["works"] = new JsonArray([.. results.Select(r => new JsonObject
        {
            ["name"] = r.Work.Name,
            ["ours-ms"] = r.Whole.Ours.Median * 1e3,
            ["networks-ms"] = r.Networks.Median * 1e3,
            ["sampling-ms"] = r.Sampling.Median * 1e3,
            ["peers"] = r.Whole.PeersToJson(),
        })]),
    };

    private static TrainingStep Step(GumBoltWork work, BenchmarkImages images, string prior)
    {
        using var initial = new Generator(1);
        return new("boltzmann-vae", "gumbolt", work.Read(prior), images.Input(initial), torch.CPU);
    }

    // The parameters change between the calls, as they do in training: tables are built each time.
    private static Func<int, double[]> Sampler(GumBoltWork work)
    {
        var rng = new Generator(1);
        var machine = new RestrictedBoltzmannMachine(work.Side, work.Side);
        var chains = new GibbsSampler(machine, GumBoltWork.Chains, rng);
        return steps =>
        {
            using var _ = torch.no_grad();
            var seconds = new double[steps];
            for (var i = 0; i < steps; i++)
            {
                machine.Weights.normal_(0, 0.1, rng);
                var start = Stopwatch.GetTimestamp();
                chains.Sample(GumBoltWork.Sweeps).Dispose();
                seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }

            return seconds;
        };
    }
}
