using System.Runtime.Intrinsics;

namespace Heaviside.Data;

/// <summary>Draws pixels that are on with probability g / 255.</summary>
internal static class BernoulliPixels
{
    private const int ChunkSize = 1024;

    /// <summary>Writes 1 where a number from 0 to 254 is below the grey value, else 0.</summary>
    public static void Draw(ReadOnlySpan<byte> grey, SplitMix64 random, Span<float> pixels)
    {
        Span<byte> buffer = stackalloc byte[ChunkSize];
        for (int start = 0; start < grey.Length; start += ChunkSize)
        {
            Span<byte> noise = buffer[..Math.Min(ChunkSize, grey.Length - start)];
            random.FillBelow255(noise);
            Compare(noise, grey.Slice(start, noise.Length), pixels.Slice(start, noise.Length));
        }
    }

    private static void Compare(ReadOnlySpan<byte> noise, ReadOnlySpan<byte> grey, Span<float> pixels)
    {
        int p = 0;
        for (; p <= grey.Length - Vector128<byte>.Count; p += Vector128<byte>.Count)
        {
            Vector128<byte> isOn = Vector128.LessThan(Vector128.Create(noise.Slice(p, 16)), Vector128.Create(grey.Slice(p, 16)));
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(isOn & Vector128<byte>.One);
            WriteEight(low, pixels.Slice(p, 8));
            WriteEight(high, pixels.Slice(p + 8, 8));
        }
        for (; p < grey.Length; p++) pixels[p] = noise[p] < grey[p] ? 1 : 0;
    }

    private static void WriteEight(Vector128<ushort> bits, Span<float> pixels)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(bits);
        Vector128.ConvertToSingle(low.AsInt32()).CopyTo(pixels);
        Vector128.ConvertToSingle(high.AsInt32()).CopyTo(pixels[4..]);
    }
}
