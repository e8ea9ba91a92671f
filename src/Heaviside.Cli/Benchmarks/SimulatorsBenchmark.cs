using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Simulators;
using Spectre.Console;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Trajectories of springs, ours many side by side and NumPy's one at a time, in turns on one core.</summary>
internal sealed class SimulatorsBenchmark : Benchmark
{
    private const int Frames = 50, Steps = 100 * Frames, PerCall = 64, Calls = 5, OfPeer = 2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private static readonly Option<int> Objects = CheckedOption.Whole("--objects", "Objects of a simulation", 2, 20, 5);

    /// <inheritdoc/>
    public override string Name => "simulators";

    /// <inheritdoc/>
    internal override string Description =>
        "Times simulated trajectories of springs, as a ratio to the usual generator in NumPy (where a python3 has numpy), in turns on one core.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples =>
        [new("bench simulators", "5 objects, 5,000 steps"), new("bench simulators --objects 10 --rounds 3 --json", "others, for a program")];

    /// <inheritdoc/>
    internal override IReadOnlyList<Option> Options => [Objects, BenchmarkRequest.RoundsOption, BenchmarkRequest.JsonOption];

    /// <inheritdoc/>
    internal override void Run(BenchmarkRequest request)
    {
        using var core = OneCore.Take();
        using var peers = PeerProcesses.Start([PeerKind.NumPy], core, Name);
        var springs = new Springs { Objects = request.Value(Objects), Frames = Frames };
        var (times, work) = (new ComparedTimes(peers.Running.Select(p => p.Kind)), $"springs/{springs.Objects}/{Steps}");
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;) Call(springs); // compiles
        times.RunPeers(peers, 1, work, keep: false);
        for (var round = 1; round <= request.Rounds; round++)
        {
            times.Ours.Add([.. Enumerable.Range(0, Calls).Select(_ => Call(springs))]);
            times.RunPeers(peers, OfPeer, work);
            request.Report($"{springs.Objects} objects", round);
        }

        if (request.AsJson) Json.Write(ToJson(request, springs, peers.Versions, times));
        else Print(request, springs, peers.Versions, times);
    }

    // Seconds for each trajectory.
    private static double Call(Springs springs)
    {
        var start = Stopwatch.GetTimestamp();
        springs.Run(seed: 1, stream: 0, first: 0, PerCall, Frames, threads: 1);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / PerCall;
    }

    private static void Print(BenchmarkRequest request, Springs springs, IReadOnlyList<PeerVersion> peers, ComparedTimes times)
    {
        var table = Terminal.Table(["springs", "ms per trajectory", "trajectories per second", .. ComparedTimes.Headers(peers)]);
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        table.AddRow([$"{springs.Objects} objects, {Format.Of(Steps)} steps", $"{times.Ours.Median * 1e3:F3}", $"{1 / times.Ours.Median:F0}", .. times.Cells(peers)]);
        Terminal.Out.WriteLine($"Medians of {request.Rounds} rounds in turns on one core, ours {PerCall} trajectories side by side, theirs one at a time; {PeerProcesses.Describe(peers)}.");
        Terminal.Write(table);
    }

    private static JsonObject ToJson(BenchmarkRequest request, Springs springs, IReadOnlyList<PeerVersion> peers, ComparedTimes times) => new()
    {
        ["simulator"] = "springs",
        ["objects"] = springs.Objects,
        ["steps"] = Steps,
        ["rounds"] = request.Rounds,
        ["peer-versions"] = PeerProcesses.ToJson(peers),
        ["ours-ms"] = times.Ours.Median * 1e3,
        ["peers"] = times.PeersToJson(),
    };
}
