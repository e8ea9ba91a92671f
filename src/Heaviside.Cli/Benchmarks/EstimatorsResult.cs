using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>What <see cref="EstimatorsBenchmark"/> measured.</summary>
internal sealed record EstimatorsResult(
    EstimatorsBenchmark Settings, string Data, int Threads, IReadOnlyList<PeerVersion> PeerVersions, IReadOnlyList<ComparedTimes> Times, IReadOnlyList<(string Name, string Reason)> LeftOut)
{
    /// <summary>The time of an estimator's step over that of the unit.</summary>
    internal Ratio InUnits(ComparedTimes times) => Ratio.Of(times.Ours, Times.Single(t => t.Name == EstimatorsBenchmark.Unit).Ours);

    internal JsonObject ToJson() => new()
    {
        ["batch"] = Settings.Batch,
        ["threads"] = Threads,
        ["rounds"] = Settings.Rounds,
        ["steps"] = Settings.Steps,
        ["data"] = Data,
        ["libtorch"] = Machine.LibtorchVersion,
        ["peer-versions"] = PeerProcesses.ToJson(PeerVersions),
        ["estimators"] = new JsonArray([.. Times.Select(ToJson)]),
        ["left-out"] = new JsonArray([.. LeftOut.Select(e => new JsonObject { ["name"] = e.Name, ["reason"] = e.Reason })]),
    };

    private JsonObject ToJson(ComparedTimes times)
    {
        var units = InUnits(times);
        return new()
        {
            ["name"] = times.Name,
            ["ours-ms"] = times.Ours.Median * 1e3,
            ["times-unit"] = units.Median,
            ["times-unit-least"] = units.Least,
            ["times-unit-most"] = units.Most,
            ["peers"] = times.PeersToJson(),
        };
    }
}
