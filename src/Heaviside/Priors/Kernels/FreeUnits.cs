namespace Heaviside.Priors.Kernels;

/// <summary>A machine without those of its units that are certain, whatever the others are: clamped ones, above all.</summary>
/// <remarks>A unit is certain if its logit is beyond <see cref="CertainLogit"/> in every state. Its bias and weights become 0, and the weights
/// of one that is always 1 become part of the other side's biases, which can make more units certain.</remarks>
internal sealed class FreeUnits
{
    /// <summary>The logit, in nats, at which a unit counts as certain: it would be the other value once in 500 million draws.</summary>
    internal const double CertainLogit = 20;

    private readonly double[] leftBias; // in double precision: large weights of certain units may cancel
    private readonly double[] rightBias;
    private readonly float[] weights;
    private readonly int[] left;
    private readonly int[] right;

    internal FreeUnits(int left, int right)
    {
        (leftBias, rightBias, weights) = (new double[left], new double[right], new float[right * left]);
        (this.left, this.right) = (new int[left], new int[right]);
        Ranges = new(left, right);
    }

    /// <summary>The weights in nats, a row for each right unit.</summary>
    internal ReadOnlySpan<float> Weights => weights;

    /// <summary>Of each left unit: 1 if it is always 1, -1 if it is always 0, else 0.</summary>
    internal ReadOnlySpan<int> Left => left;

    /// <summary>The same of the right units.</summary>
    internal ReadOnlySpan<int> Right => right;

    /// <summary>Whether a unit is certain.</summary>
    internal bool HasCertain { get; private set; }

    /// <summary>The ranges of the logits, with their biases.</summary>
    internal LogitRanges Ranges { get; }

    /// <summary>Takes a machine: biases and, a row for each right unit, weights.</summary>
    internal void Take(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> w)
    {
        for (var i = 0; i < a.Length; i++) leftBias[i] = a[i];
        for (var j = 0; j < b.Length; j++) rightBias[j] = b[j];
        w.CopyTo(weights);
        Array.Clear(left);
        Array.Clear(right);
        Ranges.Measure(leftBias, rightBias, weights);
        for (HasCertain = false; Settle(); HasCertain = true) Ranges.Measure(leftBias, rightBias, weights);
    }

    // Whether more units are certain than before. Ranges are those before any of them was taken out, and no narrower than those after it.
    private bool Settle()
    {
        var isNew = false;
        for (var i = 0; i < left.Length; i++)
        {
            var value = Value(Ranges.Left[i]);
            if (left[i] != 0 || value == 0) continue;
            (left[i], leftBias[i], isNew) = (value, 0, true);
            for (var j = 0; j < right.Length; j++) TakeOut(ref weights[(j * left.Length) + i], ref rightBias[j], value);
        }

        for (var j = 0; j < right.Length; j++)
        {
            var value = Value(Ranges.Right[j]);
            if (right[j] != 0 || value == 0) continue;
            (right[j], rightBias[j], isNew) = (value, 0, true);
            for (var i = 0; i < left.Length; i++) TakeOut(ref weights[(j * left.Length) + i], ref leftBias[i], value);
        }

        return isNew;
    }

    private static void TakeOut(ref float weight, ref double bias, int value)
    {
        if (value > 0) bias += weight;
        weight = 0;
    }

    private static int Value(LogitRanges.Sums logit) => logit.Least >= CertainLogit ? 1 : logit.Most <= -CertainLogit ? -1 : 0;
}
