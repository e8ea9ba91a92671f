using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>What <see cref="VaeBenchmark"/> measured.</summary>
internal sealed record VaeResult(
    VaeBenchmark Settings, string Data, IReadOnlyList<PeerVersion> PeerVersions, ComparedTimes Times, StepTimes Products, long FloatingPointOperations)
{
    /// <summary>The part of our step that the matrix products alone take.</summary>
    internal double ProductShare => Products.Median / Times.Ours.Median;

    /// <summary>The rate of the matrix products alone, in 10^9 operations per second.</summary>
    internal double GigaflopRate => FloatingPointOperations / Products.Median / 1e9;

    internal JsonObject ToJson() => new()
    {
        ["latents"] = Settings.Latents.ToString(),
        ["device"] = Settings.Device.ToString(),
        ["batch"] = 100,
        ["rounds"] = Settings.Rounds,
        ["steps"] = Settings.Steps,
        ["data"] = Data,
        ["ours-ms"] = Times.Ours.Median * 1e3,
        ["peer-versions"] = PeerProcesses.ToJson(PeerVersions),
        ["peers"] = Times.PeersToJson(),
        ["matrix-products-ms"] = Products.Median * 1e3,
        ["matrix-products-share"] = ProductShare,
        ["gigaflop-per-second"] = GigaflopRate,
    };
}
