using System.Runtime.Intrinsics;

namespace Heaviside.Priors.Kernels;

/// <summary>A machine's parameters rounded to multiples of one unit, such that every logit it can have fits in 16 bits.</summary>
/// <remarks>Sums of rounded parameters are exact whatever their order, also where a partial sum wraps around.</remarks>
internal sealed class Int16Grid
{
    private const double Rounding = 1.0 / (1 << 23); // of single precision

    private readonly float[] least;
    private readonly float[] most;

    internal Int16Grid(int left, int right)
    {
        (Left, Right, Weights) = (new short[left], new short[right], new short[right * left]);
        (least, most) = (new float[left], new float[left]);
    }

    /// <summary>The left biases, in units.</summary>
    internal short[] Left { get; }

    /// <summary>The right biases, in units.</summary>
    internal short[] Right { get; }

    /// <summary>The weights in units, a row for each right unit.</summary>
    internal short[] Weights { get; }

    /// <summary>The unit, in nats.</summary>
    internal double Unit { get; private set; }

    /// <summary>Rounds parameters: biases and, a row for each right unit, weights.</summary>
    internal void Round(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> w)
    {
        // Half a unit of rounding for each term of a logit, and one unit to spare.
        var terms = Math.Max(a.Length, b.Length) + 1;
        var limit = short.MaxValue - (terms / 2) - 1;
        if (limit < short.MaxValue / 2) throw new InvalidOperationException($"a side of {terms - 1} units is too large for a grid of 16 bits; use GibbsPath.Tables");
        var largest = LargestLogit(a, b, w) * (1 + (terms * Rounding)); // a bound of what its sums lost
        if (!double.IsFinite(largest)) throw new InvalidOperationException("the machine's parameters are not finite");
        Unit = largest > 0 ? largest / limit : 1.0 / limit;
        Scale(a, Left);
        Scale(b, Right);
        Scale(w, Weights);
    }

    // A weight alone may be too large for 16 bits: it wraps around as sums do.
    private void Scale(ReadOnlySpan<float> values, Span<short> scaled)
    {
        var inverse = (float)(1 / Unit);
        for (; values.Length >= 16; values = values[16..], scaled = scaled[16..])
            Vector256.Narrow(Rounded(values), Rounded(values[8..])).CopyTo(scaled);
        for (var i = 0; i < values.Length; i++) scaled[i] = (short)(int)MathF.Round(values[i] * inverse);

        Vector256<int> Rounded(ReadOnlySpan<float> eight) => Vector256.ConvertToInt32(Vector256.Round(Vector256.Create(eight) * inverse));
    }

    // The greatest |bias + sum of weights| over all units and all states of the other side.
    private double LargestLogit(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> w)
    {
        a.CopyTo(least);
        a.CopyTo(most);
        var largest = 0.0f;
        for (var j = 0; j < b.Length; j++)
        {
            var (below, above) = AddSigned(w.Slice(j * a.Length, a.Length), least, most);
            largest = Math.Max(largest, Math.Max(-(b[j] + below), b[j] + above));
        }

        for (var i = 0; i < a.Length; i++) largest = Math.Max(largest, Math.Max(-least[i], most[i]));
        return largest;
    }

    // Adds the negative and the positive weights of a row to two rows; returns their sums.
    private static (float Below, float Above) AddSigned(ReadOnlySpan<float> row, Span<float> least, Span<float> most)
    {
        var (below, above) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (; row.Length >= 8; row = row[8..], least = least[8..], most = most[8..])
        {
            var w = Vector256.Create(row);
            var (negative, positive) = (Vector256.Min(w, Vector256<float>.Zero), Vector256.Max(w, Vector256<float>.Zero));
            (Vector256.Create<float>(least) + negative).CopyTo(least);
            (Vector256.Create<float>(most) + positive).CopyTo(most);
            below += negative;
            above += positive;
        }

        var sums = (Below: Vector256.Sum(below), Above: Vector256.Sum(above));
        for (var i = 0; i < row.Length; i++)
        {
            var (negative, positive) = (Math.Min(row[i], 0), Math.Max(row[i], 0));
            least[i] += negative;
            most[i] += positive;
            sums = (sums.Below + negative, sums.Above + positive);
        }

        return sums;
    }
}
