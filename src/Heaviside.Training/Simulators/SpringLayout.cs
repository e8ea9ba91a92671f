namespace Heaviside.Simulators;

/// <summary>The layout of a graph by Fruchterman and Reingold, one iteration at a time, as NetworkX's <c>spring_layout</c> makes it from version 2 on.</summary>
internal static class SpringLayout
{
    /// <summary>Moves vertices by one iteration, then centers and scales them so that the largest coordinate is 1 or -1.</summary>
    /// <param name="x">First coordinates, <c>[n]</c>.</param>
    /// <param name="y">Second coordinates, <c>[n]</c>.</param>
    /// <param name="adjacent">1 where two vertices have an edge, else 0, <c>[n, n]</c>.</param>
    public static void Step(Span<double> x, Span<double> y, ReadOnlySpan<double> adjacent)
    {
        var n = x.Length;
        var k = 1 / Math.Sqrt(n);
        var t = 0.1 * Math.Max(Range(x), Range(y));
        Span<double> movedX = stackalloc double[n], movedY = stackalloc double[n];
        for (var i = 0; i < n; i++)
        {
            var (dispX, dispY) = (0.0, 0.0);
            for (var j = 0; j < n; j++)
            {
                var (dx, dy) = (x[i] - x[j], y[i] - y[j]);
                var d = Math.Max(Math.Sqrt((dx * dx) + (dy * dy)), 0.01);
                var force = (k * k / (d * d)) - (adjacent[(i * n) + j] * d / k);
                dispX += dx * force;
                dispY += dy * force;
            }

            var length = Math.Sqrt((dispX * dispX) + (dispY * dispY));
            if (length < 0.01) length = 0.1;
            movedX[i] = x[i] + (t * dispX / length);
            movedY[i] = y[i] + (t * dispY / length);
        }

        var largest = Math.Max(Center(movedX), Center(movedY));
        for (var i = 0; i < n; i++) (x[i], y[i]) = (movedX[i] / largest, movedY[i] / largest);
    }

    private static double Range(ReadOnlySpan<double> values)
    {
        var (least, most) = (values[0], values[0]);
        foreach (var v in values) (least, most) = (Math.Min(least, v), Math.Max(most, v));
        return most - least;
    }

    // Takes the mean away and says how large the largest number then is.
    private static double Center(Span<double> values)
    {
        var (sum, largest) = (0.0, 0.0);
        foreach (var v in values) sum += v;
        foreach (ref var v in values)
        {
            v -= sum / values.Length;
            largest = Math.Max(largest, Math.Abs(v));
        }

        return largest;
    }
}
