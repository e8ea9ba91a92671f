using System.Runtime.Intrinsics;

namespace Heaviside.Priors.Kernels;

/// <summary>A machine's parameters rounded to multiples of one unit, such that 16 bits hold every logit whose size matters.</summary>
/// <remarks>
/// <para>A logit is the sum of two halves, see <see cref="LogitRanges"/>. Each half fits in 16 bits, so that it is exact whatever the order of its terms,
/// also where a partial sum or a weight wraps around. The two are added with saturation: a sum at an end of the 16 bits belongs to
/// a logit beyond <see cref="FreeUnits.CertainLogit"/>, and means certainty.</para>
/// <para>Units that are certain have that sum from the start and no part in the choice of the unit: it does not depend on how far a unit is clamped.</para>
/// </remarks>
internal sealed class Int16Grid
{
    /// <summary>The coarsest unit, in nats: half of it changes a probability by 1.25e-4 at most.</summary>
    internal const double CoarsestUnit = 1e-3;

    private const double Rounding = 1.0 / (1 << 23); // of single precision

    private readonly FreeUnits free;

    internal Int16Grid(int left, int right)
    {
        (Left, Right, Weights) = (new(left), new(right), new short[right * left]);
        free = new(left, right);
    }

    /// <summary>The left biases, in units.</summary>
    internal Biases Left { get; }

    /// <summary>The right biases, in units.</summary>
    internal Biases Right { get; }

    /// <summary>The weights in units, a row for each right unit.</summary>
    internal short[] Weights { get; }

    /// <summary>The unit, in nats.</summary>
    internal double Unit { get; private set; }

    /// <summary>Rounds parameters: biases and, a row for each right unit, weights.</summary>
    /// <returns>Whether the unit is fine enough; if not, nothing is rounded.</returns>
    internal bool TryRound(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> w)
    {
        // Half a unit of rounding for each term of a logit, and two units to spare, one of them for the two parts of a bias.
        var terms = Math.Max(a.Length, b.Length) + 1;
        var limit = short.MaxValue - (terms / 2) - 2;
        if (limit < short.MaxValue / 2) return false;
        free.Take(a, b, w);
        var largest = LargestSum() * (1 + (terms * Rounding)); // a bound of what its sums lost
        Unit = largest > 0 ? largest / limit : 1.0 / limit;
        if (!(Unit <= CoarsestUnit)) return false;
        Left.Round(free.Ranges.Left, free.Left, Unit);
        Right.Round(free.Ranges.Right, free.Right, Unit);
        Scale(free.Weights);
        return true;
    }

    // Beyond certainty, only the halves of a logit have to fit.
    private double LargestSum()
    {
        var (whole, half) = (0.0, 0.0);
        foreach (ref readonly var logit in free.Ranges.Left) (whole, half) = (Math.Max(whole, logit.Size), Math.Max(half, logit.Half));
        foreach (ref readonly var logit in free.Ranges.Right) (whole, half) = (Math.Max(whole, logit.Size), Math.Max(half, logit.Half));
        // The largest sum means certainty: it must be where the approximate probability leaves the decision to the exact one.
        var reach = free.HasCertain ? Int16Sigmoid.Reach : 0;
        return Math.Max(Math.Max(half, reach), Math.Min(whole, FreeUnits.CertainLogit));
    }

    // A weight alone may be too large for 16 bits: it wraps around as sums do.
    private void Scale(ReadOnlySpan<float> values)
    {
        Span<short> scaled = Weights;
        var inverse = (float)(1 / Unit);
        for (; values.Length >= 16; values = values[16..], scaled = scaled[16..])
            Vector256.Narrow(Rounded(values), Rounded(values[8..])).CopyTo(scaled);
        for (var i = 0; i < values.Length; i++) scaled[i] = (short)(int)MathF.Round(values[i] * inverse);

        Vector256<int> Rounded(ReadOnlySpan<float> eight) => Vector256.ConvertToInt32(Vector256.Round(Vector256.Create(eight) * inverse));
    }

    /// <summary>The biases of a side, each in two parts: one for each half of the logit.</summary>
    internal sealed class Biases(int count)
    {
        /// <summary>Those of the even groups.</summary>
        internal short[] Even { get; } = new short[count];

        /// <summary>Those of the odd groups.</summary>
        internal short[] Odd { get; } = new short[count];

        internal void Round(ReadOnlySpan<LogitRanges.Sums> logits, ReadOnlySpan<int> certain, double unit)
        {
            for (var i = 0; i < count; i++)
            {
                var (whole, even) = certain[i] switch
                {
                    > 0 => (short.MaxValue, short.MaxValue / 2),
                    < 0 => (short.MinValue, short.MinValue / 2),
                    _ => ((int)Math.Round(logits[i].Bias / unit), (int)Math.Round(logits[i].EvenBias / unit)),
                };
                (Even[i], Odd[i]) = ((short)even, (short)(whole - even));
            }
        }
    }
}
