using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heaviside.Priors.Kernels;

/// <summary>The probabilities of 16 units at once, in 16-bit arithmetic, to within <see cref="Guard"/> / 65536.</summary>
/// <remarks>sigmoid(x) - 1/2 is odd; for |x| below 8 it is a cubic in each interval [i, i + 1], and beyond that the value at the end.</remarks>
internal readonly struct Int16Sigmoid
{
    /// <summary>More than the largest error, in steps of 2^-16.</summary>
    internal const short Guard = 32;

    /// <summary>The logit, in nats, at whose probability those of larger ones stay: it is within the guard of 1.</summary>
    internal const int Reach = 8;

    private const int FractionBits = 11; // of |x|, in which 8 just fits with room to spare
    private const int Degree = 3;

    // Four coefficients for each interval, in steps of 2^-16.
    private static readonly short[][] Coefficients = Fit();

    private readonly Vector256<short> limit;
    private readonly Vector256<short> negativeLimit;
    private readonly Vector256<short> shift;
    private readonly Vector256<short> factor;
    private readonly Vector256<short> c0, c1, c2, c3;

    internal Int16Sigmoid(double unit)
    {
        // |x| = 8 falls just outside the last interval: stay a step below it.
        var end = Math.Min(short.MaxValue, (int)(Reach / unit));
        var shifts = 0;
        while ((end << (shifts + 1)) <= short.MaxValue) shifts++;
        var scaled = Math.Min(unit * (1 << FractionBits), ((Reach << FractionBits) - 1) / (double)end) / (1 << shifts);
        limit = Vector256.Create((short)end);
        negativeLimit = -limit;
        shift = Vector256.Create((short)(1 << shifts));
        factor = Vector256.Create((short)Math.Round(scaled * (1 << 15)));
        (c0, c1, c2, c3) = (Lookup(0), Lookup(1), Lookup(2), Lookup(3));
    }

    /// <summary>65536 (sigmoid(x) - 1/2) for logits in units of the grid; needs AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<short> Of(Vector256<short> logits)
    {
        var near = Avx2.Max(Avx2.Min(logits, limit), negativeLimit);
        var x = Avx2.MultiplyHighRoundScale(Avx2.MultiplyLow(near, shift), factor);
        var size = Avx2.Abs(x).AsInt16();
        // The bytes 2i and 2i + 1 hold the coefficient of interval i.
        var low = Avx2.And(Avx2.ShiftRightLogical(size, FractionBits - 1), Vector256.Create((short)0x0E));
        var at = (Avx2.MultiplyLow(low, Vector256.Create((short)0x0101)) + Vector256.Create((short)0x0100)).AsByte();
        var t = Avx2.And(Avx2.ShiftLeftLogical(size, 15 - FractionBits), Vector256.Create(short.MaxValue));
        var p = Avx2.Shuffle(c3.AsByte(), at).AsInt16();
        p = Avx2.MultiplyHighRoundScale(p, t) + Avx2.Shuffle(c2.AsByte(), at).AsInt16();
        p = Avx2.MultiplyHighRoundScale(p, t) + Avx2.Shuffle(c1.AsByte(), at).AsInt16();
        p = Avx2.MultiplyHighRoundScale(p, t) + Avx2.Shuffle(c0.AsByte(), at).AsInt16();
        return Avx2.Sign(p, x);
    }

    private static Vector256<short> Lookup(int power)
    {
        var half = Vector128.Create(Coefficients[power]);
        return Vector256.Create(half, half);
    }

    // Interpolation at the Chebyshev points of each interval, by divided differences.
    private static short[][] Fit()
    {
        var points = Enumerable.Range(0, Degree + 1).Select(k => (1 + Math.Cos(Math.PI * (k + 0.5) / (Degree + 1))) / 2).ToArray();
        var coefficients = Enumerable.Range(0, Degree + 1).Select(_ => new short[Reach]).ToArray();
        for (var i = 0; i < Reach; i++)
        {
            var d = points.Select(t => (1 << 16) * ((1 / (1 + Math.Exp(-(i + t)))) - 0.5)).ToArray();
            for (var order = 1; order <= Degree; order++)
                for (var k = Degree; k >= order; k--) d[k] = (d[k] - d[k - 1]) / (points[k] - points[k - order]);
            var power = new double[Degree + 1]; // Newton's form, multiplied out
            for (var k = Degree; k >= 0; k--)
            {
                for (var j = Degree; j > 0; j--) power[j] = power[j - 1] - (points[k] * power[j]);
                power[0] = d[k] - (points[k] * power[0]);
            }

            for (var k = 0; k <= Degree; k++) coefficients[k][i] = (short)Math.Round(power[k]);
        }

        return coefficients;
    }
}
