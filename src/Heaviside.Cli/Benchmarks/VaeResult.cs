using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>What <see cref="VaeBenchmark"/> measured.</summary>
internal sealed record VaeResult(
    VaeBenchmark Settings, string Data, string? PeerVersion, StepTimes Ours, StepTimes? Peer, StepTimes Products, long FloatingPointOperations)
{
    /// <summary>The peer's time over ours: how many times as many steps we make.</summary>
    internal Ratio? Ratio => Peer is null ? null : Benchmarks.Ratio.Of(Peer, Ours);

    /// <summary>The part of our step that the matrix products alone take.</summary>
    internal double ProductShare => Products.Median / Ours.Median;

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
        ["ours-ms"] = Ours.Median * 1e3,
        ["peer-ms"] = Peer?.Median * 1e3,
        ["peer-torch"] = PeerVersion,
        ["ratio"] = Ratio?.Median,
        ["ratio-least"] = Ratio?.Least,
        ["ratio-most"] = Ratio?.Most,
        ["matrix-products-ms"] = Products.Median * 1e3,
        ["matrix-products-share"] = ProductShare,
        ["gigaflop-per-second"] = GigaflopRate,
    };
}
