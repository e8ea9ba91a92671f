
namespace Heaviside.Estimators;

/// <summary>The points that come from swapping the noise of two classes in all variables of an example at once, for every pair of classes.</summary>
/// <remarks>Most swaps among many classes change nothing: only those of a class that was drawn, and of one that its noise kept from being
/// drawn. So the points are few, where K classes have K (K - 1) / 2 swaps: the example's own, and those that differ from it.</remarks>
internal sealed class NoiseSwaps
{
    private readonly double[] logits;
    private readonly double[] noise;
    private readonly int classes;

    /// <summary>Swaps of one example.</summary>
    /// <param name="logits">Shape <c>[N, K]</c>, row by row.</param>
    /// <param name="noise">The same shape.</param>
    /// <param name="classes">K.</param>
    internal NoiseSwaps(double[] logits, double[] noise, int classes)
    {
        (this.logits, this.noise, this.classes) = (logits, noise, classes);
        int[][] best = [.. Enumerable.Range(0, logits.Length / classes).Select(Best)];
        Places = new int[Count(classes)];
        Points = [.. best.Select(b => b[0])];
        Find(best);
    }

    /// <summary>The classes of the variables at each different point, N of each, the example's own first.</summary>
    internal List<int> Points { get; }

    /// <summary>At which point each swap is: first none, then of classes 0 and 1, 0 and 2, ..., 1 and 2, ....</summary>
    internal int[] Places { get; }

    /// <summary>How many swaps there are, with the one that swaps nothing.</summary>
    internal static long Count(long classes) => (classes * (classes - 1) / 2) + 1;

    /// <summary>The place of the swap of each two classes among all, row by row: <c>[K K]</c>.</summary>
    internal static long[] Pairs(int classes)
    {
        var pairs = new long[classes * classes];
        var at = 0L;
        for (var c = 0; c < classes; c++)
            for (var m = c + 1; m < classes; m++) pairs[(c * classes) + m] = pairs[(m * classes) + c] = ++at;
        return pairs;
    }

    private void Find(int[][] best)
    {
        var drawn = new int[best.Length];
        for (int c = 0, at = 1; c < classes; c++)
        {
            for (var m = c + 1; m < classes; m++, at++)
            {
                var differs = false;
                for (var n = 0; n < best.Length; n++)
                {
                    drawn[n] = Swapped(n, c, m, best[n]);
                    differs |= drawn[n] != best[n][0];
                }

                if (!differs) continue;
                Places[at] = Points.Count / best.Length;
                Points.AddRange(drawn);
            }
        }
    }

    // The best two of the others need no search: they are among the best three of all.
    private int Swapped(int n, int c, int m, int[] best)
    {
        var (of, with) = ((n * classes) + c, (n * classes) + m);
        var (winner, score) = (c, logits[of] + noise[with]);
        Try(m, logits[with] + noise[of]);
        foreach (var k in best)
        {
            if (k == c || k == m) continue;
            Try(k, logits[(n * classes) + k] + noise[(n * classes) + k]);
            break;
        }

        return winner;

        void Try(int k, double other)
        {
            if (other > score || (other == score && k < winner)) (winner, score) = (k, other);
        }
    }

    // The best three classes of a variable, of equals the first; fewer if there are fewer.
    private int[] Best(int n)
    {
        var kept = new List<int>(4);
        for (var k = 0; k < classes; k++)
        {
            var place = kept.Count;
            while (place > 0 && Score(k) > Score(kept[place - 1])) place--;
            if (place == 3) continue;
            kept.Insert(place, k);
            if (kept.Count > 3) kept.RemoveAt(3);
        }

        return [.. kept];

        double Score(int k) => logits[(n * classes) + k] + noise[(n * classes) + k];
    }
}
