using System.Diagnostics;
using System.Text.Json.Nodes;
using Heaviside.Priors;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Block Gibbs sweeps of a restricted Boltzmann machine by each path and by two loops of torch's operators, in turns on one core; then threads.</summary>
internal sealed class GibbsBenchmark
{
    private const double WeightScale = 0.1;

    /// <summary>Units of each side.</summary>
    internal required int Side { get; init; }

    /// <summary>Chains.</summary>
    internal required int Chains { get; init; }

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
        var naive = new TorchSweeps(machine, Chains, rng);
        var tuned = new TorchSweeps(machine, Chains, rng);

        List<(GibbsTimes Times, Action<int> Sweep)> alone =
        [
            (new(GibbsTimes.Bernoulli), naive.Plain),
            (new(GibbsTimes.Tuned), tuned.Tuned),
            .. Enum.GetValues<GibbsPath>().Select(p => (new GibbsTimes(GibbsTimes.NameOf(p)), Sampler(p, threads: 1))),
        ];
        List<(GibbsTimes Times, Action<int> Sweep)> together =
        [
            (new(GibbsTimes.OneThread), Sampler(GibbsPath.Quantized, threads: 1)),
            (new(GibbsTimes.TwoThreads), Sampler(GibbsPath.Quantized, threads: 2)),
        ];
        foreach (var (_, sweep) in alone.Concat(together)) sweep(Sweeps); // compiles
        for (var round = 0; round < Rounds; round++)
        {
            using (OneCore.Take()) Turn(alone);
            if (Environment.ProcessorCount > 1) Turn(together);
            progress(round + 1);
        }

        return [.. alone.Concat(together).Select(s => s.Times)];

        Action<int> Sampler(GibbsPath path, int threads)
        {
            var sampler = new GibbsSampler(machine, Chains, rng) { Path = path, Threads = threads };
            return sweeps => sampler.Sample(sweeps).Dispose();
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
        ["paths"] = new JsonArray([.. results.Where(r => r.HasRun).Select(r => new JsonObject
        {
            ["name"] = r.Name,
            ["us-per-sweep"] = r.Seconds.Median * 1e6,
            ["sweeps-per-second"] = 1 / r.Seconds.Median,
            ["times-as-fast"] = new JsonObject(r.Units().Select(u => KeyValuePair.Create(u, (JsonNode?)GibbsTimes.Speedup(r, u, results).Median))),
        })]),
    };

    // The tenth part of a turn at a time, all sides in turns: what else the machine does is spread over all of them.
    private void Turn(List<(GibbsTimes Times, Action<int> Sweep)> sides)
    {
        const int Parts = 10;
        var seconds = sides.Select(_ => new double[Parts]).ToList();
        for (var part = 0; part < Parts; part++)
        {
            for (var s = 0; s < sides.Count; s++)
            {
                var start = Stopwatch.GetTimestamp();
                sides[s].Sweep(Sweeps);
                seconds[s][part] = Stopwatch.GetElapsedTime(start).TotalSeconds / Sweeps;
            }
        }

        foreach (var ((times, _), s) in sides.Zip(seconds)) times.Seconds.Add(s);
    }
}
