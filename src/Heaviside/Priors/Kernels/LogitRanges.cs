using System.Runtime.Intrinsics;

namespace Heaviside.Priors.Kernels;

/// <summary>Between what the logits of a machine's units lie over all states of the other side, in nats.</summary>
/// <remarks>A logit is the sum of two halves, as <see cref="NibbleTable{T}"/> computes it: of the inputs in even groups of four and of
/// those in odd ones, each with a part of the bias.</remarks>
internal sealed class LogitRanges
{
    private const int Group = 4;

    private readonly Sums[] left;
    private readonly Sums[] right;

    // Of the left units: what the rows of even and of odd groups can subtract and add.
    private readonly (float[] Below, float[] Above)[] halves;

    internal LogitRanges(int left, int right)
    {
        (this.left, this.right) = (new Sums[left], new Sums[right]);
        halves = [(new float[left], new float[left]), (new float[left], new float[left])];
    }

    /// <summary>The left units' ranges.</summary>
    internal ReadOnlySpan<Sums> Left => left;

    /// <summary>The right units' ranges.</summary>
    internal ReadOnlySpan<Sums> Right => right;

    /// <summary>Computes all ranges for biases and, a row for each right unit, weights.</summary>
    internal void Measure(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<float> w)
    {
        foreach (var (below, above) in halves)
        {
            Array.Clear(below);
            Array.Clear(above);
        }

        for (var j = 0; j < b.Length; j++)
        {
            var (below, above) = halves[j / Group % 2];
            var (even, odd) = AddSigned(w.Slice(j * a.Length, a.Length), below, above);
            right[j] = new(b[j], even, odd);
        }

        for (var i = 0; i < a.Length; i++)
            left[i] = new(a[i], (halves[0].Below[i], halves[0].Above[i]), (halves[1].Below[i], halves[1].Above[i]));
    }

    // Adds the negative and the positive weights of a row to two rows; returns their sums in even and in odd groups.
    private static ((float Below, float Above) Even, (float Below, float Above) Odd) AddSigned(ReadOnlySpan<float> row, Span<float> below, Span<float> above)
    {
        var (negatives, positives) = (Vector256<float>.Zero, Vector256<float>.Zero); // the lower half of each is an even group
        for (; row.Length >= 2 * Group; row = row[(2 * Group)..], below = below[(2 * Group)..], above = above[(2 * Group)..])
        {
            var w = Vector256.Create(row);
            var (negative, positive) = (Vector256.Min(w, Vector256<float>.Zero), Vector256.Max(w, Vector256<float>.Zero));
            (Vector256.Create<float>(below) + negative).CopyTo(below);
            (Vector256.Create<float>(above) + positive).CopyTo(above);
            negatives += negative;
            positives += positive;
        }

        var even = (Below: Vector128.Sum(negatives.GetLower()), Above: Vector128.Sum(positives.GetLower()));
        var odd = (Below: Vector128.Sum(negatives.GetUpper()), Above: Vector128.Sum(positives.GetUpper()));
        for (var i = 0; i < row.Length; i++)
        {
            var (negative, positive) = (Math.Min(row[i], 0), Math.Max(row[i], 0));
            below[i] += negative;
            above[i] += positive;
            if (i < Group) even = (even.Below + negative, even.Above + positive);
            else odd = (odd.Below + negative, odd.Above + positive);
        }

        return (even, odd);
    }

    /// <summary>The range of one logit.</summary>
    /// <param name="Bias">The bias.</param>
    /// <param name="Even">What the inputs in even groups can subtract, 0 or less, and add, 0 or more.</param>
    /// <param name="Odd">The same of those in odd groups.</param>
    internal readonly record struct Sums(double Bias, (float Below, float Above) Even, (float Below, float Above) Odd)
    {
        /// <summary>The least logit.</summary>
        internal double Least => Bias + Even.Below + Odd.Below;

        /// <summary>The largest logit.</summary>
        internal double Most => Bias + Even.Above + Odd.Above;

        /// <summary>The largest size of the logit.</summary>
        internal double Size => Math.Max(-Least, Most);

        /// <summary>The part of the bias with which the even half is as far from being symmetric as the odd one.</summary>
        internal double EvenBias => (((Least + Most) / 2) - Even.Below - Even.Above) / 2;

        /// <summary>The largest size of one of its halves.</summary>
        internal double Half => (Math.Abs(Least + Most) / 4) + (Math.Max(Even.Above - Even.Below, Odd.Above - Odd.Below) / 2);
    }
}
