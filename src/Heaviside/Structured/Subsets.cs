namespace Heaviside.Structured;

/// <summary>The subsets of a size, as assignments in ascending order.</summary>
internal static class Subsets
{
    /// <summary>How many there are.</summary>
    internal static double Count(int bits, int size) => MathNet.Numerics.SpecialFunctions.Binomial(bits, size);

    // Places count from the last bit, the lowest digit: the next larger number moves the first place that can move
    // to a higher digit, and all before it back to the lowest.
    /// <summary>The bits of each subset, in descending order; the array is the same every time.</summary>
    internal static IEnumerable<int[]> Of(int bits, int size)
    {
        var chosen = new int[size];
        for (var k = 0; k < size; k++) chosen[k] = bits - 1 - k;
        while (true)
        {
            yield return chosen;
            var k = 0;
            while (k < size && chosen[k] - 1 == (k + 1 < size ? chosen[k + 1] : -1)) k++;
            if (k == size) yield break;
            chosen[k]--;
            for (var before = 0; before < k; before++) chosen[before] = bits - 1 - before;
        }
    }
}
