using System.Runtime.Intrinsics;
using Heaviside.Numerics;

namespace Heaviside.Data;

/// <summary>Draws pixels that are on with probability g / 255.</summary>
internal static class BernoulliPixels
{
    private const int ChunkSize = 1024;

    /// <summary>Writes 1 where a number from 0 to 254 is below the grey value, else 0.</summary>
    public static void Draw(ReadOnlySpan<byte> grey, SplitMix64 random, Span<float> pixels)
    {
        Span<byte> buffer = stackalloc byte[ChunkSize];
        for (var start = 0; start < grey.Length; start += ChunkSize)
        {
            var noise = buffer[..Math.Min(ChunkSize, grey.Length - start)];
            random.FillBelow255(noise);
            Compare(noise, grey.Slice(start, noise.Length), pixels.Slice(start, noise.Length));
        }
    }

    private static void Compare(ReadOnlySpan<byte> noise, ReadOnlySpan<byte> grey, Span<float> pixels)
    {
        var p = 0;
        for (; p <= grey.Length - Vector128<byte>.Count; p += Vector128<byte>.Count)
        {
            var isOn = Vector128.LessThan(Vector128.Create(noise[p..]), Vector128.Create(grey[p..])) & Vector128<byte>.One;
            var sixteen = pixels.Slice(p, Vector128<byte>.Count);
            Vector128<ushort> low = Vector128.WidenLower(isOn), high = Vector128.WidenUpper(isOn);
            Vector128.ConvertToSingle(Vector128.WidenLower(low).AsInt32()).CopyTo(sixteen);
            Vector128.ConvertToSingle(Vector128.WidenUpper(low).AsInt32()).CopyTo(sixteen[4..]);
            Vector128.ConvertToSingle(Vector128.WidenLower(high).AsInt32()).CopyTo(sixteen[8..]);
            Vector128.ConvertToSingle(Vector128.WidenUpper(high).AsInt32()).CopyTo(sixteen[12..]);
        }
        for (; p < grey.Length; p++) pixels[p] = noise[p] < grey[p] ? 1 : 0;
    }
}
