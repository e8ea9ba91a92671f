namespace Heaviside.Data;

/// <summary>A file that can be downloaded.</summary>
/// <param name="Url">The address.</param>
/// <param name="Checksum">The published sum as <c>sha256:HEX</c> or <c>md5:HEX</c>, or null where none is published: then the contents alone are checked.</param>
/// <param name="MostBytes">More than the file has: a server that sends more sends something else.</param>
public sealed record RemoteFile(Uri Url, string? Checksum, long MostBytes)
{
    /// <summary>The last part of the address, under which the file is kept.</summary>
    public string Name => Path.GetFileName(Url.AbsolutePath);

    /// <summary>The files that a <c>.tar.gz</c> is downloaded for; empty for a file that is kept as it is.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];
}
