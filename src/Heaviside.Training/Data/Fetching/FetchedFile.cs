namespace Heaviside.Data.Fetching;

/// <summary>A file of a data set after a fetch.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
public sealed record FetchedFile(string Path, long Bytes, string Sha256);
