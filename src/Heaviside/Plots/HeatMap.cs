namespace Heaviside.Plots;

/// <summary>Numbers from 0 to 1 as colors: blue, white at a half, orange. The colors differ in lightness from white alike, also for
/// color-blind readers.</summary>
/// <example><code>PngWriter.Write("maps.png", new ImageGrid().Arrange(HeatMap.ToRgb(values, 6), 6, 3, 64, 64));</code></example>
public static class HeatMap
{
    // After Okabe and Ito, as in the charts.
    private static readonly float[] Low = [0, 0x72 / 255f, 0xb2 / 255f], High = [0xd5 / 255f, 0x5e / 255f, 0];

    /// <summary>Colors for an <see cref="ImageGrid"/>, <c>[count, 3, height, width]</c>.</summary>
    /// <param name="values">Values <c>[count, height, width]</c>; outside of 0 to 1 they are clipped, and NaN is black.</param>
    /// <param name="count">The number of maps, 1 or more.</param>
    public static float[] ToRgb(ReadOnlySpan<float> values, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (values.Length % count != 0) throw new ArgumentException($"expected as many values in each of {count} maps, got {values.Length}", nameof(values));
        var size = values.Length / count;
        var rgb = new float[3 * values.Length];
        for (var map = 0; map < count; map++)
            for (var channel = 0; channel < 3; channel++)
                for (var i = 0; i < size; i++)
                    rgb[(((map * 3) + channel) * size) + i] = Channel(values[(map * size) + i], channel);
        return rgb;
    }

    // The share of white falls to 0 on both sides of a half.
    private static float Channel(float value, int channel)
    {
        var end = value < 0.5f ? Low[channel] : High[channel];
        return 1 - ((1 - end) * Math.Min(1, Math.Abs((2 * value) - 1)));
    }
}
