namespace Heaviside.Cli.Benchmarks;

/// <summary>A peer that was asked for.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Version">Its version, or null where it is not there.</param>
internal sealed record PeerVersion(PeerKind Kind, string? Version)
{
    /// <summary>The name in JSON and on the command line.</summary>
    internal string Key => KeyOf(Kind);

    internal static string KeyOf(PeerKind kind) => $"{kind}".ToLowerInvariant();

    public override string ToString() => $"{Kind} {Version ?? $"not found (a python3 with {(Kind == PeerKind.NumPy ? "numpy" : "torch")} is needed)"}";
}
