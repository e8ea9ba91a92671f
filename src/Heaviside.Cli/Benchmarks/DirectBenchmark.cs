using System.Text.Json.Nodes;
using Heaviside.Data;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of direct optimization, of the exact gradient and of Gumbel-Softmax on the networks of arXiv:1806.02867, ours and the peers' in turns on one core.</summary>
internal sealed class DirectBenchmark
{
    private const int Batch = 100, WarmUp = 30;

    /// <summary>The numbers of classes to measure with.</summary>
    internal required IReadOnlyList<int> Classes { get; init; }

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
    internal IReadOnlyList<(DirectWork Work, ComparedTimes Times)> Run(DataFolders folders, Action<int> progress)
    {
        using var scope = torch.NewDisposeScope();
        using var core = OneCore.Take();
        using var images = BenchmarkImages.Read(folders);
        using var peers = PeerProcesses.Start(PeerKinds, core, "direct", PeerProcesses.Data(images, Batch));
        (Source, PeerVersions) = (images.Source, peers.Versions);

        var batches = images.Batches(Batch, torch.CPU);
        var sides = DirectWork.All(Classes).Select(w => (Work: w, Times: new ComparedTimes(w.Name, peers.Running.Select(p => p.Kind)), Step: Step(w, images))).ToList();
        foreach (var (work, times, step) in sides)
        {
            _ = step.Run(WarmUp, batches);
            times.RunPeers(peers, WarmUp, work.Key, keep: false);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (work, times, step) in sides)
            {
                times.Ours.Add(step.Run(Steps, batches));
                times.RunPeers(peers, Steps, work.Key);
            }

            progress(round + 1);
        }

        foreach (var (_, _, step) in sides) step.Dispose();
        return [.. sides.Select(s => (s.Work, s.Times))];
    }

    /// <summary>The time of a work over that of its unit.</summary>
    internal static Ratio InUnits(DirectWork work, ComparedTimes times, IReadOnlyList<(DirectWork Work, ComparedTimes Times)> all) =>
        Ratio.Of(times.Ours, all.Single(r => r.Work.Latents == work.Latents && r.Work.Name == work.Unit).Times.Ours);

    /// <summary>The results of a run for a program.</summary>
    internal JsonObject ToJson(IReadOnlyList<(DirectWork Work, ComparedTimes Times)> results) => new()
    {
        ["batch"] = Batch,
        ["threads"] = torch.get_num_threads(),
        ["rounds"] = Rounds,
        ["steps"] = Steps,
        ["data"] = Source,
        ["libtorch"] = Machine.LibtorchVersion,
        ["peer-versions"] = PeerProcesses.ToJson(PeerVersions),
        ["works"] = new JsonArray([.. results.Select(r =>
        {
            var units = InUnits(r.Work, r.Times, results);
            return new JsonObject
            {
                ["latents"] = r.Work.Latents,
                ["name"] = r.Work.Name,
                ["unit"] = r.Work.Unit,
                ["aim"] = r.Work.Aim,
                ["ours-ms"] = r.Times.Ours.Median * 1e3,
                ["times-unit"] = units.Median,
                ["times-unit-least"] = units.Least,
                ["times-unit-most"] = units.Most,
                ["peers"] = r.Times.PeersToJson(),
            };
        })]),
    };

    private static TrainingStep Step(DirectWork work, BenchmarkImages images)
    {
        using var initial = new Generator(1);
        return new(work.Model, work.Estimator, work.Read(), images.Input(initial), torch.CPU);
    }
}
