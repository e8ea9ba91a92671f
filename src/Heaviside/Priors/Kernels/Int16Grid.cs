namespace Heaviside.Priors.Kernels;

/// <summary>A machine's parameters rounded to multiples of one unit, such that every logit it can have fits in 16 bits.</summary>
/// <remarks>Sums of rounded parameters are exact whatever their order, also where a partial sum wraps around.</remarks>
internal sealed class Int16Grid
{
    private readonly double[] least;
    private readonly double[] most;

    internal Int16Grid(int left, int right)
    {
        (Left, Right, Weights) = (new short[left], new short[right], new short[right * left]);
        (least, most) = (new double[left], new double[left]);
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
        var limit = short.MaxValue - (terms / 2) - 2;
        if (limit < short.MaxValue / 2) throw new InvalidOperationException($"a side of {terms - 1} units is too large for a grid of 16 bits; use GibbsPath.Tables");
        var largest = LargestLogit(a, b, w);
        if (!double.IsFinite(largest)) throw new InvalidOperationException("the machine's parameters are not finite");
        Unit = largest > 0 ? largest / limit : 1.0 / limit;
        Scale(a, Left);
        Scale(b, Right);
        Scale(w, Weights);
    }

    private void Scale(ReadOnlySpan<float> values, short[] scaled)
    {
        var inverse = 1 / Unit;
        for (var i = 0; i < scaled.Length; i++) scaled[i] = (short)(int)Math.Round(values[i] * inverse); // may wrap around too
    }

    // The greatest |bias + sum of weights| over all units and all states of the other side.
    private double LargestLogit(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> w)
    {
        for (var i = 0; i < a.Length; i++) least[i] = most[i] = a[i];
        var largest = 0.0;
        for (var j = 0; j < b.Length; j++)
        {
            var (below, above) = ((double)b[j], (double)b[j]);
            var row = w.Slice(j * a.Length, a.Length);
            for (var i = 0; i < row.Length; i++)
            {
                var (negative, positive) = (Math.Min(row[i], 0), Math.Max(row[i], 0));
                below += negative;
                above += positive;
                least[i] += negative;
                most[i] += positive;
            }

            largest = Math.Max(largest, Math.Max(-below, above));
        }

        for (var i = 0; i < a.Length; i++) largest = Math.Max(largest, Math.Max(-least[i], most[i]));
        return largest;
    }
}
