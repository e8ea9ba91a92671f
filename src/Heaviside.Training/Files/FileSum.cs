using System.Security.Cryptography;

namespace Heaviside.Files;

/// <summary>SHA-256 of what a file holds, in lower-case hexadecimal: whether it is still what was written.</summary>
internal static class FileSum
{
    /// <summary>The sum of a text's UTF-8 bytes.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>The sum of a file.</summary>
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Makes sure that a file is what was written; null where nobody has noted its sum, as in version 0.2.0.</summary>
    /// <exception cref="InputException">It has changed, or cannot be read.</exception>
    public static void Require(string path, string? sum)
    {
        try
        {
            if (sum is not null && Of(path) != sum) throw new InputException($"{path}: has changed since it was written: its checksum is another");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {error.Message}", error);
        }
    }
}
