using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Priors;
using Spectre.Console;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Block Gibbs sweeps of a restricted Boltzmann machine by each path and by the peers' loops of torch's operators, in turns on one core; then threads.</summary>
internal sealed class GibbsBenchmark : Benchmark
{
    private const string OneThread = "quantized, 1 thread, free core";
    private const double WeightScale = 0.1;

    private static readonly Option<int[]> Sides = CheckedOption.Wholes("--sides", "N", "Units of each side [default: 100 200]", 1, 10_000);
    private static readonly Option<int> Chains = CheckedOption.Whole("--chains", "Chains", 1, 100_000, 100);
    private static readonly Option<int> Sweeps = CheckedOption.Whole("--sweeps", "Sweeps per call, of which a turn has ten", 1, 1_000_000, 200);

    // How a peer sweeps: its own name for it, and ours.
    private static readonly (string Key, string Name)[] PeerWays = [("plain", "bernoulli(sigmoid(addmm))"), ("tuned", "in place, uniform < p")];

    /// <inheritdoc/>
    public override string Name => "gibbs";

    /// <inheritdoc/>
    internal override string Description =>
        "Times block Gibbs sweeps of a restricted Boltzmann machine by each path, as ratios to loops of torch's operators in TorchSharp, in turns on one core, then on two.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples =>
        [new("bench gibbs", "machines of 100x100 and 200x200 units"), new("bench gibbs --sides 200 --rounds 3 --json", "one of them, for a program")];

    /// <inheritdoc/>
    internal override IReadOnlyList<Option> Options =>
        [Sides, Chains, Sweeps, BenchmarkRequest.RoundsOption, BenchmarkRequest.PeersOption, BenchmarkRequest.JsonOption];

    /// <inheritdoc/>
    internal override void Run(BenchmarkRequest request)
    {
        foreach (var side in request.Values(Sides, 100, 200))
        {
            using var peers = PeerProcesses.Start(request.Peers, null, Name);
            var ways = Measure(request, side, peers);
            if (request.AsJson) Json.Write(ToJson(request, side, peers.Versions, ways));
            else Print(request, side, peers.Versions, ways);
        }
    }

    private static List<Way> Measure(BenchmarkRequest request, int side, PeerProcesses peers)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (chains, sweeps) = (request.Value(Chains), request.Value(Sweeps));
        var machine = new RestrictedBoltzmannMachine(side, side);
        using var rng = new Generator(1);
        foreach (var parameter in machine.parameters()) parameter.normal_(0, WeightScale, rng);

        List<Way> theirs =
            [.. from peer in peers.Running from way in PeerWays select new Way($"{peer.Kind}, {way.Name}", () => peer.Run(1, $"{way.Key}/{side}/{chains}/{sweeps}")[0])];
        List<Way> alone = [.. theirs, .. Enum.GetValues<GibbsPath>().Select(p => new Way($"{p}".ToLowerInvariant(), Sampler(p, threads: 1)))];
        foreach (var way in alone) way.Units = theirs;
        var oneThread = new Way(OneThread, Sampler(GibbsPath.Quantized, threads: 1));
        List<Way> together = [oneThread, new("quantized, 2 threads", Sampler(GibbsPath.Quantized, threads: 2)) { Units = [oneThread] }];
        foreach (var way in alone.Concat(together)) way.Call(); // compiles
        for (var round = 1; round <= request.Rounds; round++)
        {
            using (var core = OneCore.Take())
            {
                peers.MoveTo(core);
                Turn(alone, sweeps);
            }

            if (Environment.ProcessorCount > 1) Turn(together, sweeps);
            request.Report($"{side}x{side}", round);
        }

        return [.. alone.Concat(together).Where(w => w.Seconds.Medians.Count > 0)]; // two threads are not measured where there is one core

        Func<double> Sampler(GibbsPath path, int threads)
        {
            var sampler = new GibbsSampler(machine, chains, rng) { Path = path, Threads = threads };
            return () =>
            {
                var start = Stopwatch.GetTimestamp();
                sampler.Sample(sweeps).Dispose();
                return Stopwatch.GetElapsedTime(start).TotalSeconds;
            };
        }
    }

    // The tenth part of a turn at a time, all sides in turns: what else the machine does is spread over all of them.
    private static void Turn(List<Way> ways, int sweeps)
    {
        const int Parts = 10;
        var seconds = ways.Select(_ => new double[Parts]).ToList();
        for (var part = 0; part < Parts; part++)
        {
            foreach (var (way, own) in ways.Zip(seconds)) own[part] = way.Call() / sweeps;
        }

        foreach (var (way, own) in ways.Zip(seconds)) way.Seconds.Add(own);
    }

    private static void Print(BenchmarkRequest request, int side, IReadOnlyList<PeerVersion> peers, List<Way> ways)
    {
        var table = Terminal.Table($"{side}x{side} units", "us per sweep", "million sweeps of a chain per second", "times as fast", "of rounds", "as");
        foreach (var column in table.Columns.Skip(1).SkipLast(1)) column.RightAligned();
        foreach (var way in ways)
        {
            string[] own = [way.Name, $"{way.Seconds.Median * 1e6:F1}", $"{request.Value(Chains) / way.Seconds.Median / 1e6:F2}"];
            if (way.Units.Count == 0) table.AddRow([.. own, "", "", ""]);
            foreach (var (i, unit) in way.Units.Index())
            {
                var speedup = Ratio.Of(unit.Seconds, way.Seconds);
                table.AddRow([.. i == 0 ? own : ["", "", ""], $"{speedup.Median:F1}", speedup.Range, unit.Name]);
            }
        }

        Terminal.Out.WriteLine($"Sweeps of both sides of {request.Value(Chains)} chains: medians of {request.Rounds} rounds of 10 calls of {request.Value(Sweeps)} sweeps in turns, "
            + $"one core unless two threads are named; libtorch {Machine.LibtorchVersion}, {PeerProcesses.Describe(peers)}.");
        Terminal.Write(table);
    }

    private static JsonObject ToJson(BenchmarkRequest request, int side, IReadOnlyList<PeerVersion> peers, List<Way> ways) => new()
    {
        ["left"] = side,
        ["right"] = side,
        ["chains"] = request.Value(Chains),
        ["rounds"] = request.Rounds,
        ["sweeps"] = request.Value(Sweeps),
        ["libtorch"] = Machine.LibtorchVersion,
        ["peer-versions"] = PeerProcesses.ToJson(peers),
        ["paths"] = new JsonArray([.. ways.Select(w => new JsonObject
        {
            ["name"] = w.Name,
            ["us-per-sweep"] = w.Seconds.Median * 1e6,
            ["sweeps-per-second"] = 1 / w.Seconds.Median,
            ["times-as-fast"] = new JsonObject(w.Units.Select(u => KeyValuePair.Create(u.Name, (JsonNode?)Ratio.Of(u.Seconds, w.Seconds).Median))),
        })]),
    };

    // One way to sweep, with its seconds per sweep of all chains, and what its speed is measured in.
    private sealed class Way(string name, Func<double> call)
    {
        internal string Name => name;

        internal Func<double> Call => call;

        internal IReadOnlyList<Way> Units { get; set; } = [];

        internal StepTimes Seconds { get; } = new();
    }
}
