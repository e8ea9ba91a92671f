using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The times of our training steps and of those of the peers that make the same.</summary>
/// <param name="name">What is measured.</param>
/// <param name="peers">The peers that do.</param>
internal sealed class ComparedTimes(string name, IEnumerable<PeerKind> peers)
{
    private readonly Dictionary<PeerKind, StepTimes> theirs = peers.ToDictionary(kind => kind, _ => new StepTimes());

    /// <summary>What is measured.</summary>
    internal string Name => name;

    /// <summary>Our steps.</summary>
    internal StepTimes Ours { get; } = new();

    /// <summary>A peer's steps, or null where it does not make these.</summary>
    internal StepTimes? Of(PeerKind kind) => theirs.GetValueOrDefault(kind);

    /// <summary>A peer's time over ours: how many times as many steps we make.</summary>
    internal Ratio? RatioOf(PeerKind kind) => Of(kind) is { } times ? Ratio.Of(times, Ours) : null;

    /// <summary>Lets the peers make steps of a work, and keeps their times if they are to be kept.</summary>
    internal void RunPeers(PeerProcesses all, int steps, string work, bool keep = true)
    {
        foreach (var peer in all.Running)
        {
            if (Of(peer.Kind) is not { } times) continue;
            var seconds = peer.Run(steps, work);
            if (keep) times.Add(seconds);
        }
    }

    /// <summary>The peers' times and ratios, for a program.</summary>
    internal JsonObject PeersToJson() => new(theirs.Keys.Select(kind =>
    {
        var ratio = RatioOf(kind)!.Value;
        return KeyValuePair.Create(PeerVersion.KeyOf(kind), (JsonNode?)new JsonObject
        {
            ["ms"] = Of(kind)!.Median * 1e3,
            ["ratio"] = ratio.Median,
            ["ratio-least"] = ratio.Least,
            ["ratio-most"] = ratio.Most,
        });
    }));
}
