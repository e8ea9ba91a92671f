using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The peers that take part in a benchmark.</summary>
internal sealed class PeerProcesses : IDisposable
{
    private readonly List<PeerProcess> running = [];

    private PeerProcesses(IReadOnlyList<PeerVersion> versions) => Versions = versions;

    /// <summary>Those that were asked for.</summary>
    internal IReadOnlyList<PeerVersion> Versions { get; }

    /// <summary>Those that are there.</summary>
    internal IReadOnlyList<PeerProcess> Running => running;

    /// <summary>Starts those that are there.</summary>
    /// <param name="kinds">Those that are asked for.</param>
    /// <param name="core">The core to put them on, if any.</param>
    /// <param name="benchmark">Its name.</param>
    /// <param name="arguments">The options of the peer's driver.</param>
    internal static PeerProcesses Start(IEnumerable<PeerKind> kinds, OneCore? core, string benchmark, params string[] arguments)
    {
        var versions = new List<PeerVersion>();
        var peers = new PeerProcesses(versions);
        try
        {
            foreach (var kind in kinds)
            {
                var peer = PeerProcess.TryStart(kind, benchmark, arguments);
                versions.Add(new(kind, peer?.Version));
                if (peer is not null) peers.running.Add(peer);
            }
        }
        catch
        {
            peers.Dispose();
            throw;
        }

        peers.MoveTo(core);
        return peers;
    }

    /// <summary>Puts them on a core.</summary>
    internal void MoveTo(OneCore? core)
    {
        foreach (var peer in running) core?.Include(peer.Process);
    }

    /// <summary>The versions, for a program; null where a peer is not there.</summary>
    internal static JsonObject ToJson(IEnumerable<PeerVersion> versions) => new(versions.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Version)));

    /// <summary>The versions, in words.</summary>
    internal static string Describe(IReadOnlyList<PeerVersion> versions) => versions.Count == 0 ? "no peer" : string.Join(", ", versions);

    public void Dispose()
    {
        foreach (var peer in running) peer.Dispose();
    }
}
