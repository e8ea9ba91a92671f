using System.Runtime.Intrinsics;

namespace Heaviside.Priors.Partition;

/// <summary>Z of a restricted machine by going through the states of its smaller side such that neighbors differ in one unit.</summary>
/// <remarks>
/// <para>With t_j = e^(b_j + (W z)_j), each state is worth e^(a z) prod_j (1 + t_j). A unit that changes multiplies each t_j by a constant:
/// a state costs a product, a sum and a product for each unit of the larger side, and no exponential.</para>
/// <para>Each slice of 2^12 states starts from exponentials, so that rounding does not add up, and is one item of the work.</para>
/// </remarks>
internal sealed class GrayCodeSum
{
    private const int SliceUnits = 12;
    private const double Largest = 690; // e^690 and its inverse are numbers of double precision

    private readonly double[] bias; // of the units that are summed over
    private readonly double[] odds; // e^bias
    private readonly Vector256<double>[] start; // logits of the others when no unit is 1
    private readonly Vector256<double>[][] weights;
    private readonly Vector256<double>[][] up;
    private readonly Vector256<double>[][] down;
    private readonly int vectorsBetween;

    private GrayCodeSum(double[] bias, double[] others, double[][] weights, double largest)
    {
        this.bias = bias;
        odds = Array.ConvertAll(bias, Math.Exp);
        start = Vectors(others, double.NegativeInfinity);
        this.weights = [.. weights.Select(w => Vectors(w, 0))];
        up = [.. this.weights.Select(w => Array.ConvertAll(w, Vector256.Exp))];
        down = [.. this.weights.Select(w => Array.ConvertAll(w, v => Vector256.Exp(-v)))];
        vectorsBetween = (int)(1000 / ((largest / Math.Log(2)) + 1)); // so many factors stay below 2^1000
    }

    /// <summary>The sum, or null where a state's terms could leave the range of double precision.</summary>
    internal static GrayCodeSum? Of(RestrictedBoltzmannMachine machine)
    {
        var (a, b) = (Read(machine.LeftBias), Read(machine.RightBias));
        var overLeft = machine.Left <= machine.Right;
        var rows = Read(overLeft ? machine.Weights.transpose(0, 1) : machine.Weights).Chunk(overLeft ? b.Length : a.Length).ToArray();
        var (bias, others) = overLeft ? (a, b) : (b, a);
        var largest = bias.Sum(Math.Abs);
        for (var j = 0; j < others.Length; j++) largest = Math.Max(largest, Math.Abs(others[j]) + rows.Sum(r => Math.Abs(r[j])));
        return largest <= Largest ? new(bias, others, rows, largest) : null;
    }

    /// <summary>log Z, in nats.</summary>
    internal double LogPartition(PartitionWork work)
    {
        var inside = Math.Min(bias.Length, SliceUnits);
        var logs = new double[1 << (bias.Length - inside)];
        work.Steps("states", logs.Length, (first, end) => work.Spread(first, end, (from, to) =>
        {
            for (var slice = from; slice < to; slice++) logs[slice] = LogSum(slice, inside);
        }));
        var largest = logs.Max();
        return largest + Math.Log(logs.Sum(x => Math.Exp(x - largest)));
    }

    // The states whose units from `inside` on are the bits of a number.
    private double LogSum(int slice, int inside)
    {
        var log = 0.0;
        var terms = (Vector256<double>[])start.Clone();
        for (var i = inside; i < bias.Length; i++)
        {
            if ((slice >> (i - inside) & 1) == 0) continue;
            log += bias[i];
            for (var v = 0; v < terms.Length; v++) terms[v] += weights[i][v];
        }

        for (var v = 0; v < terms.Length; v++) terms[v] = Vector256.Exp(terms[v]);
        var (weight, sum, scale) = (1.0, 0.0, long.MinValue / 2);
        var ones = 0;
        for (var state = 0; ;)
        {
            var (value, exponent) = Product(terms);
            if (exponent > scale) (sum, scale) = (Scaled(sum, scale - exponent), exponent);
            sum += Scaled(weight * value, exponent - scale);
            if (++state == 1 << inside) return log + Math.Log(sum) + (scale * Math.Log(2));

            var unit = int.TrailingZeroCount(state);
            ones ^= 1 << unit;
            var isOne = (ones >> unit & 1) == 1;
            weight *= isOne ? odds[unit] : 1 / odds[unit];
            Multiply(terms, isOne ? up[unit] : down[unit]);
        }
    }

    private static void Multiply(Vector256<double>[] terms, Vector256<double>[] factors)
    {
        for (var v = 0; v < terms.Length; v++) terms[v] *= factors[v];
    }

    // prod_j (1 + t_j) as a number and a power of two.
    private (double Value, long Exponent) Product(ReadOnlySpan<Vector256<double>> terms)
    {
        const int Bits = 52, Bias = 1023;
        var exponents = Vector256<long>.Zero;
        var product = Vector256<double>.One;
        while (terms.Length > 0)
        {
            var part = terms[..Math.Min(vectorsBetween, terms.Length)];
            foreach (var t in part) product *= Vector256<double>.One + t;
            terms = terms[part.Length..];

            // The digits of the product stay, its exponent is kept apart.
            exponents += (product.AsInt64() >>> Bits) - Vector256.Create((long)Bias);
            product = ((product.AsInt64() & Vector256.Create((1L << Bits) - 1)) | Vector256<double>.One.AsInt64()).AsDouble();
        }

        return (product[0] * product[1] * product[2] * product[3], Vector256.Sum(exponents));
    }

    private static double Scaled(double value, long exponent) => Math.ScaleB(value, (int)Math.Max(exponent, -10_000));

    private static double[] Read(Tensor parameter) => parameter.to(ScalarType.Float64, torch.CPU).contiguous().ToArray<double>();

    private static Vector256<double>[] Vectors(double[] values, double filler)
    {
        var padded = values.Concat(Enumerable.Repeat(filler, 3)).ToArray();
        return [.. Enumerable.Range(0, (values.Length + 3) / 4).Select(v => Vector256.Create(padded.AsSpan(4 * v)))];
    }
}
