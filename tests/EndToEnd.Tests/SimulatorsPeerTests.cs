using System.Text.Json.Nodes;
using Heaviside.Data;
using Heaviside.Simulators;

namespace EndToEnd.Tests;

/// <summary>The peer of <c>heaviside bench simulators</c>.</summary>
public sealed class SimulatorsPeerTests : IDisposable
{
    private const int Objects = 4, Frames = 300;
    private const int NoNumPy = 77;

    // From one frame on: what was recorded is before the kick, with which the peer begins.
    private const string Script = """
        import json, sys
        import numpy as np
        sys.path.insert(0, "benchmarks/peers")
        from simulators import simulate
        start = json.load(open(sys.argv[1]))
        print(json.dumps(simulate(np.array(start["place"]), np.array(start["velocity"]), np.array(start["springs"]), start["steps"]).tolist()))
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Peer_FromOneFrameOn_MovesAsOursDoes()
    {
        var ours = new Springs { Objects = Objects }.Run(seed: 3, (int)Split.Train, first: 1, count: 1, Frames);
        (ours.Values.Min(), ours.Values.Max()).ShouldSatisfyAllConditions(range => range.Item1.ShouldBeLessThan(-4.9f), range => range.Item2.ShouldBeGreaterThan(4.9f)); // walls are reached
        double Ours(int frame, int row, int i) => ours.Values[(((frame * Objects) + i) * 4) + row];
        JsonArray Row(int row) => [.. Enumerable.Range(0, Objects).Select(i => (JsonNode)Ours(0, row, i))];
        JsonArray Springs(int i) => [.. Enumerable.Range(0, Objects).Select(j => (JsonNode)(i == j ? 0 : ours.Edges[Simulator.Place(i, j, Objects)]))];
        var start = new JsonObject
        {
            ["place"] = new JsonArray(Row(0), Row(1)),
            ["velocity"] = new JsonArray(Row(2), Row(3)),
            ["springs"] = new JsonArray([.. Enumerable.Range(0, Objects).Select(Springs)]),
            ["steps"] = 100 * (Frames - 1),
        };
        File.WriteAllText(folder["start.json"], start.ToJsonString());
        File.WriteAllText(folder["script.py"], Script);
        var result = Cli.Shell($"cd {Shell.Root}; for p in python3 /usr/bin/python3; do if $p -c 'import numpy' 2> /dev/null; then exec $p -B {folder["script.py"]} {folder["start.json"]}; fi; done; exit {NoNumPy}");
        Skip.If(result.ExitCode == NoNumPy, "no python3 has numpy");

        var frames = JsonNode.Parse(result.ShouldSucceed().Output)!.AsArray();
        frames.Count.ShouldBe(Frames - 1);
        for (var t = 0; t < frames.Count; t++)
            for (var row = 0; row < 4; row++)
                for (var i = 0; i < Objects; i++)
                    ((double)frames[t]![row]![i]!).ShouldBe(Ours(t + 1, row, i), 1e-4, $"frame {t}"); // it began at numbers rounded to single precision
    }

    [Fact]
    public void Bench_MeasuresOursAndNumPyWhereItIs()
    {
        var result = Cli.Run("bench", "simulators", "--objects", "2", "--rounds", "1", "--json").ShouldSucceed().JsonLines.Single();
        ((double)result["ours-ms"]!).ShouldBeGreaterThan(0);
        var peers = result["peers"]!.AsObject();
        peers.Count.ShouldBe(result["peer-versions"]!["numpy"] is null ? 0 : 1);
        foreach (var (_, peer) in peers) ((double)peer!["ratio"]!).ShouldBe((double)peer["ms"]! / (double)result["ours-ms"]!, 1e-9 * (double)peer["ratio"]!);
    }

    [Fact]
    public void Bench_WithoutNumPy_SaysSoAndMeasuresOurs()
    {
        File.WriteAllText(folder["numpy.py"], "raise ImportError('it is not here')");
        var result = Cli.Shell($"PYTHONPATH={folder.Root} $HEAVISIDE bench simulators --objects 2 --rounds 1").ShouldSucceed();
        result.Output.ShouldContain("NumPy not found (a python3 with numpy is needed)");
        result.Output.ShouldContain("trajectories per second");
        result.Output.ShouldNotContain("/ ours");
    }
}
