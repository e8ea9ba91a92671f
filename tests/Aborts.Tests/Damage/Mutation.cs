using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Aborts.Tests.Damage;

/// <summary>Damages the bytes of files as disks, cables, editors and other programs do.</summary>
internal static partial class Mutation
{
    private static readonly byte[] Bytes = [0, 1, 9, 10, 13, 32, 127, 128, 255];
    private static readonly uint[] Words = [0, 1, 255, 65_536, int.MaxValue, 0x8000_0000, uint.MaxValue];

    private static readonly string[] Tokens =
    [
        "null", "true", "0", "-1", "5", "2147483647", "2147483648", "9223372036854775807", "1e400", "-1e400", "1e-400", "0.5", "NaN", "[]", "{}", "[[]]",
        "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"step\"", "{\"step\":1}", ",", ":", "]", "}", "\uFEFF", "\u001b[31m", "",
    ];

    /// <summary>One to four changes anywhere.</summary>
    internal static byte[] Of(byte[] valid, Random random)
    {
        List<byte> bytes = [.. valid];
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--) Change(bytes, random);
        return [.. bytes];
    }

    /// <summary>One or two texts, numbers or brackets become others.</summary>
    internal static byte[] OfText(byte[] valid, Random random)
    {
        var text = Encoding.UTF8.GetString(valid);
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            var found = Token().Matches(text);
            if (found.Count == 0) break;
            var place = found[random.Next(found.Count)];
            text = text[..place.Index] + Tokens[random.Next(Tokens.Length)] + text[(place.Index + place.Length)..];
        }

        return Encoding.UTF8.GetBytes(text);
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var (at, count) = (random.Next(bytes.Count), random.Next(1, 40));
        switch (random.Next(7))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = Bytes[random.Next(Bytes.Length)]; break;
            case 2: Overwrite(bytes, at, Words[random.Next(Words.Length)], random.Next(2) == 0); break;
            case 3: bytes.RemoveRange(at, Math.Min(count, bytes.Count - at)); break;
            case 4: bytes.RemoveRange(at, bytes.Count - at); break;
            case 5: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(count, bytes.Count - at))); break;
            default: bytes.InsertRange(at, Encoding.ASCII.GetBytes(random.NextInt64().ToString(CultureInfo.InvariantCulture))); break;
        }
    }

    private static void Overwrite(List<byte> bytes, int at, uint word, bool isBigEndian)
    {
        for (var i = 0; i < 4 && at + i < bytes.Count; i++) bytes[at + i] = (byte)(word >> (8 * (isBigEndian ? 3 - i : i)));
    }

    [GeneratedRegex("\"[^\"]*\"|[-+.0-9eE]+|[A-Za-z_]+|[][{},:]")]
    private static partial Regex Token();
}
