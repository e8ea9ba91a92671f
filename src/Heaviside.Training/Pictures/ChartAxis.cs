using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Heaviside.Pictures;

/// <summary>One axis of a chart: the range it shows, and its ticks. On a logarithmic axis ScottPlot is given decimal logarithms.</summary>
internal sealed class ChartAxis
{
    private const double Largest = 1e300, Smallest = 1e-290; // beyond these, differences overflow or have no digits
    private readonly bool isLog;

    private ChartAxis(bool isLog, double low, double high) => (this.isLog, Low, High) = (isLog, low, high);

    /// <summary>The lower end, as ScottPlot sees it.</summary>
    public double Low { get; }

    /// <summary>The upper end, as ScottPlot sees it.</summary>
    public double High { get; }

    /// <summary>An axis on which all of <paramref name="values"/> that can be shown fit, with a margin in parts of the range.</summary>
    public static ChartAxis Fit(IEnumerable<double> values, bool isLog, double margin)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!CanShow(value, isLog)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (low > high) (low, high) = isLog ? (0.1, 1) : (0, 1);
        if (isLog) (low, high) = (Math.Log10(low), Math.Log10(high));
        var largest = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= Math.Max(Smallest, 1e-12 * largest))
        {
            var half = isLog ? 0.5 : largest <= Smallest ? 1 : largest * 0.1;
            return new(isLog, low - half, high + half);
        }

        var extra = margin * (high - low);
        return new(isLog, low - extra, high + extra);
    }

    /// <summary>Whether a value has a place on such an axis.</summary>
    public static bool CanShow(double value, bool isLog) => Math.Abs(value) < Largest && (!isLog || value > 0);

    /// <summary>The place of a value, as ScottPlot sees it.</summary>
    public double Place(double value) => isLog ? Math.Log10(value) : value;

    /// <summary>Gives an axis of a plot this range and ticks.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="ticks">How many ticks there is room for.</param>
    public void ApplyTo(IAxis axis, int ticks)
    {
        (axis.Min, axis.Max) = (Low, High);
        axis.TickGenerator = isLog ? Logarithmic(ticks) : Manual(Linear(Low, High, ticks), Place);
    }

    private NumericManual Logarithmic(int count)
    {
        // Powers of ten; with 2 and 5 times them when there are few; linear ticks in less than a decade.
        int first = (int)Math.Floor(Low), last = (int)Math.Ceiling(High);
        var stride = Math.Max(1, (int)Math.Ceiling((High - Low) / count));
        double[] digits = High - Low <= 2 ? [1, 2, 5] : [1];
        double[] ticks = [.. from exponent in Enumerable.Range(first, last - first + 1)
                             where exponent % stride == 0
                             from digit in digits
                             let log = exponent + Math.Log10(digit)
                             where log >= Low && log <= High
                             select digit * Math.Pow(10, exponent)];
        if (ticks.Length < 3) ticks = [.. Linear(Math.Pow(10, Low), Math.Pow(10, High), count).Where(tick => tick > 0)];
        var generator = Manual(ticks, Place);
        if (stride > 1 || last - first > 12) return generator;
        foreach (var exponent in Enumerable.Range(first, last - first + 1))
            for (var digit = 1; digit < 10; digit++)
                if (exponent + Math.Log10(digit) is var log && log >= Low && log <= High) generator.AddMinor(log);
        return generator;
    }

    /// <summary>Multiples of 1, 2 or 5 times a power of ten, about as many as asked for.</summary>
    private static double[] Linear(double low, double high, int count)
    {
        var rough = (high - low) / Math.Max(1, count);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        double first = Math.Ceiling((low / step) - 1e-9), last = Math.Floor((high / step) + 1e-9);
        var steps = (int)Math.Clamp(last - first, -1, 1000);
        // 3 * 0.1 is 0.30000000000000004; through the decimal exponent the tick is 0.3 itself.
        var decimals = (int)Math.Clamp(-Math.Floor(Math.Log10(step)), 0, 15);
        return [.. Enumerable.Range(0, steps + 1).Select(i => Math.Round((first + i) * step, decimals) + 0.0)];
    }

    private static NumericManual Manual(double[] ticks, Func<double, double> place)
    {
        var largest = ticks.Select(Math.Abs).DefaultIfEmpty(0).Max();
        var gap = ticks.Zip(ticks.Skip(1), (a, b) => b - a).DefaultIfEmpty(largest).Min();
        var format = "#,0.##########";
        if (largest >= 1e11 || (largest > 0 && gap < 1e-5))
            format = $"0.{new string('#', (int)Math.Clamp(Math.Ceiling(Math.Log10(largest / gap)) + 1, 1, 15))}e0"; // enough digits to tell neighbors apart
        return new([.. ticks.Select(place)], [.. ticks.Select(t => t == 0 ? "0" : t.ToString(format, CultureInfo.InvariantCulture))]);
    }
}
