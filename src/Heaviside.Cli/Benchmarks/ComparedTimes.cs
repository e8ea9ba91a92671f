using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The times of our training steps and of those of the peers that make the same.</summary>
/// <param name="peers">The peers that do.</param>
internal sealed class ComparedTimes(IEnumerable<PeerKind> peers)
{
    private readonly Dictionary<PeerKind, StepTimes> theirs = peers.ToDictionary(kind => kind, _ => new StepTimes());

    /// <summary>Our steps.</summary>
    internal StepTimes Ours { get; } = new();

    /// <summary>Lets the peers make steps of a work, and keeps their times if they are to be kept.</summary>
    internal void RunPeers(PeerProcesses all, int steps, string work, bool keep = true)
    {
        foreach (var peer in all.Running)
        {
            if (!theirs.TryGetValue(peer.Kind, out var times)) continue;
            var seconds = peer.Run(steps, work);
            if (keep) times.Add(seconds);
        }
    }

    /// <summary>Three columns for each peer that is there.</summary>
    internal static string[] Headers(IEnumerable<PeerVersion> peers) => [.. Found(peers).SelectMany(kind => new[] { $"{kind} ms", $"{kind} / ours", "of rounds" })];

    /// <summary>What stands in these columns: the peer's time, and how many times as many steps we make.</summary>
    internal string[] Cells(IEnumerable<PeerVersion> peers) => [.. Found(peers).SelectMany(kind =>
        theirs.TryGetValue(kind, out var times) && Ratio.Of(times, Ours) is var ratio ? new[] { $"{times.Median * 1e3:F2}", $"{ratio.Median:F2}", ratio.Range } : ["", "", ""])];

    /// <summary>The same for a program.</summary>
    internal JsonObject PeersToJson() => new(theirs.Select(peer =>
    {
        var ratio = Ratio.Of(peer.Value, Ours);
        return KeyValuePair.Create(PeerVersion.KeyOf(peer.Key), (JsonNode?)new JsonObject
        {
            ["ms"] = peer.Value.Median * 1e3,
            ["ratio"] = ratio.Median,
            ["ratio-least"] = ratio.Least,
            ["ratio-most"] = ratio.Most,
        });
    }));

    private static IEnumerable<PeerKind> Found(IEnumerable<PeerVersion> peers) => peers.Where(p => p.Version is not null).Select(p => p.Kind);
}
