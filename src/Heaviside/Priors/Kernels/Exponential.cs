using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heaviside.Priors.Kernels;

/// <summary>The exponential of which probabilities are made, in single precision.</summary>
internal static class Exponential
{
    // e^-x = 2^n e^r with a whole n and |r| below log(2) / 2, by its series: 3e-7 of it is the largest error. Beyond what
    // 2^n can be, x counts as the end of the range: every u, at least 2^-33, decides alike there.
    /// <summary>e^-x of eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> OfMinus(Vector256<float> x)
    {
        const float Range = 87, Log2 = 0.693147180559945f, Log2High = 0.693359375f, Log2Low = -2.12194440e-4f;
        x = Vector256.Max(Vector256.Min(-x, Vector256.Create(Range)), Vector256.Create(-Range));
        var n = Vector256.Round(x * (1 / Log2));
        var r = x - (n * Log2High) - (n * Log2Low);
        var series = Vector256.Create(1f / 720);
        series = (series * r) + Vector256.Create(1f / 120);
        series = (series * r) + Vector256.Create(1f / 24);
        series = (series * r) + Vector256.Create(1f / 6);
        series = (series * r) + Vector256.Create(1f / 2);
        series = (series * r) + Vector256<float>.One;
        series = (series * r) + Vector256<float>.One;
        return (series.AsInt32() + (Vector256.ConvertToInt32(n) << 23)).AsSingle();
    }
}
