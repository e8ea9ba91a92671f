using System.Security.Cryptography;

namespace Heaviside.Data.Fetching;

/// <summary>Sums of files, written <c>sha256:HEX</c> or <c>md5:HEX</c> as their publishers give them.</summary>
internal static class Checksum
{
    /// <summary>The sum of a file, by the algorithm that <paramref name="like"/> was made with.</summary>
    public static async Task<string> OfAsync(string path, string like, CancellationToken cancel)
    {
        var algorithm = like.Split(':')[0];
        await using var file = File.OpenRead(path);
        var sum = algorithm switch
        {
            "sha256" => await SHA256.HashDataAsync(file, cancel),
            "md5" => await MD5.HashDataAsync(file, cancel),
            _ => throw new ArgumentException($"expected sha256:HEX or md5:HEX, got {like}", nameof(like)),
        };
        return $"{algorithm}:{Convert.ToHexStringLower(sum)}";
    }
}
