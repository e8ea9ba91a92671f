namespace Heaviside.Data.Fetching;

/// <summary>How far the download of a file is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Bytes">Bytes on disk, those of an earlier attempt included.</param>
/// <param name="Total">Bytes of the whole file, or null when the server does not say.</param>
public readonly record struct FetchProgress(string File, long Bytes, long? Total);
