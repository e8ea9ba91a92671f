using System.CommandLine;
using Heaviside.Cli.Benchmarks;

namespace Heaviside.Cli.Commands;

/// <summary><c>--peer</c> of the benchmarks, and the columns of their tables that it fills.</summary>
internal static class PeerOption
{
    private const string None = "none";

    /// <summary>Whose steps ours are compared with.</summary>
    internal static readonly Option<string[]> Peers = CheckedOption.Choices(
        "--peer", "NAME", "What to compare with: torchsharp, pytorch (where a python3 has torch) or both, or none [default: torchsharp]",
        [.. Enum.GetValues<PeerKind>().Select(PeerVersion.KeyOf), None]);

    /// <summary>The peers that were asked for.</summary>
    internal static IReadOnlyList<PeerKind> Read(ParseResult parsed) => parsed.GetValue(Peers) switch
    {
        null or [] => [PeerKind.TorchSharp],
        [None] => [],
        var names when names.Contains(None) => throw new InputException($"{Peers.Name} none stands alone, not with {string.Join(", ", names.Where(n => n != None))}"),
        var names => [.. Enum.GetValues<PeerKind>().Where(kind => names.Contains(PeerVersion.KeyOf(kind)))],
    };

    /// <summary>Three columns for each peer that is there.</summary>
    internal static string[] Headers(IEnumerable<PeerVersion> peers) => [.. Found(peers).SelectMany(kind => new[] { $"{kind} ms", $"{kind} / ours", "of rounds" })];

    /// <summary>What stands in these columns.</summary>
    internal static string[] Cells(ComparedTimes times, IEnumerable<PeerVersion> peers) => [.. Found(peers).SelectMany(kind =>
        times.Of(kind) is { } theirs && times.RatioOf(kind) is { } ratio ? new[] { $"{theirs.Median * 1e3:F2}", $"{ratio.Median:F2}", ratio.Range } : ["", "", ""])];

    private static IEnumerable<PeerKind> Found(IEnumerable<PeerVersion> peers) => peers.Where(p => p.Version is not null).Select(p => p.Kind);
}
