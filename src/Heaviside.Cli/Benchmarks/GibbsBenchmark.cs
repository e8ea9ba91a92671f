using System.Diagnostics;
using System.Text.Json.Nodes;
using Heaviside.Priors;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Block Gibbs sweeps of a restricted Boltzmann machine by each path and by the peers' loops of torch's operators, in turns on one core; then threads.</summary>
internal sealed class GibbsBenchmark
{
    private const double WeightScale = 0.1;

    /// <summary>Units of each side.</summary>
    internal required int Side { get; init; }

    /// <summary>Chains.</summary>
    internal required int Chains { get; init; }

    /// <summary>Those to compare with.</summary>
    internal required IReadOnlyList<PeerKind> PeerKinds { get; init; }

    /// <summary>The peers that were asked for; known after the run.</summary>
    internal IReadOnlyList<PeerVersion> PeerVersions { get; private set; } = [];

    /// <summary>Turns of each.</summary>
    internal required int Rounds { get; init; }

    /// <summary>Sweeps per call: as many as a training step has.</summary>
    internal required int Sweeps { get; init; }

    /// <summary>Measures; tells <paramref name="progress"/> of each round.</summary>
    internal IReadOnlyList<GibbsTimes> Run(Action<int> progress)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var machine = new RestrictedBoltzmannMachine(Side, Side);
        using var rng = new Generator(1);
        foreach (var parameter in machine.parameters()) parameter.normal_(0, WeightScale, rng);
        using var peers = PeerProcesses.Start(PeerKinds, null, "gibbs");
        PeerVersions = peers.Versions;

        List<(GibbsTimes Times, Func<double> Call)> alone =
        [
            .. peers.Running.SelectMany(p => GibbsTimes.Ways.Select(w => (new GibbsTimes(w.Name(p.Kind), IsUnit: true), Peer(p, w.Key)))),
            .. Enum.GetValues<GibbsPath>().Select(p => (new GibbsTimes(GibbsTimes.NameOf(p)), Sampler(p, threads: 1))),
        ];
        List<(GibbsTimes Times, Func<double> Call)> together =
        [
            (new(GibbsTimes.OneThread), Sampler(GibbsPath.Quantized, threads: 1)),
            (new(GibbsTimes.TwoThreads), Sampler(GibbsPath.Quantized, threads: 2)),
        ];
        foreach (var side in alone.Concat(together)) side.Call(); // compiles
        for (var round = 0; round < Rounds; round++)
        {
            using (var core = OneCore.Take())
            {
                peers.MoveTo(core);
                Turn(alone);
            }

            if (Environment.ProcessorCount > 1) Turn(together);
            progress(round + 1);
        }

        return [.. alone.Concat(together).Select(s => s.Times)];

        Func<double> Peer(PeerProcess peer, string way) => () => peer.Run(1, $"{way}/{Side}/{Chains}/{Sweeps}")[0];

        Func<double> Sampler(GibbsPath path, int threads)
        {
            var sampler = new GibbsSampler(machine, Chains, rng) { Path = path, Threads = threads };
            return () =>
            {
                var start = Stopwatch.GetTimestamp();
                sampler.Sample(Sweeps).Dispose();
                return Stopwatch.GetElapsedTime(start).TotalSeconds;
            };
        }
    }

    /// <summary>The results of a run for a program.</summary>
    internal JsonObject ToJson(IReadOnlyList<GibbsTimes> results) => new()
    {
        ["left"] = Side,
        ["right"] = Side,
        ["chains"] = Chains,
        ["rounds"] = Rounds,
        ["sweeps"] = Sweeps,
        ["libtorch"] = Machine.LibtorchVersion,
        ["peer-versions"] = PeerProcesses.ToJson(PeerVersions),
        ["paths"] = new JsonArray([.. results.Where(r => r.HasRun).Select(r => new JsonObject
        {
            ["name"] = r.Name,
            ["us-per-sweep"] = r.Seconds.Median * 1e6,
            ["sweeps-per-second"] = 1 / r.Seconds.Median,
            ["times-as-fast"] = new JsonObject(GibbsTimes.UnitsOf(r, results).Select(u => KeyValuePair.Create(u, (JsonNode?)GibbsTimes.Speedup(r, u, results).Median))),
        })]),
    };

    // The tenth part of a turn at a time, all sides in turns: what else the machine does is spread over all of them.
    private void Turn(List<(GibbsTimes Times, Func<double> Call)> sides)
    {
        const int Parts = 10;
        var seconds = sides.Select(_ => new double[Parts]).ToList();
        for (var part = 0; part < Parts; part++)
        {
            for (var s = 0; s < sides.Count; s++) seconds[s][part] = sides[s].Call() / Sweeps;
        }

        foreach (var ((times, _), s) in sides.Zip(seconds)) times.Seconds.Add(s);
    }
}
