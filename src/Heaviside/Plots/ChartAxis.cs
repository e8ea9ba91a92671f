using System.Globalization;

namespace Heaviside.Plots;

/// <summary>One axis of a chart: the range it shows, where its ticks are and what they are called.</summary>
internal sealed class ChartAxis
{
    private const double Largest = 1e300; // beyond it, differences overflow
    private readonly bool isLog;
    private readonly double low, high;

    private ChartAxis(bool isLog, double low, double high, double[] ticks)
    {
        (this.isLog, this.low, this.high, Ticks) = (isLog, low, high, ticks);
        Labels = [.. ticks.Select(Label(ticks))];
    }

    /// <summary>Round values within the range, increasing.</summary>
    public double[] Ticks { get; }

    /// <summary>The text of each tick.</summary>
    public string[] Labels { get; }

    /// <summary>An axis on which all of <paramref name="values"/> that can be shown fit, with a margin in parts of the range.</summary>
    public static ChartAxis Fit(IEnumerable<double> values, bool isLog, double margin, int tickCount)
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
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            var half = isLog ? 0.5 : low == 0 ? 1 : Math.Abs(low) * 0.1;
            (low, high) = (low - half, high + half);
        }
        else
        {
            var extra = margin * (high - low);
            (low, high) = (low - extra, high + extra);
        }
        var ticks = isLog ? LogTicks(low, high, tickCount) : LinearTicks(low, high, tickCount);
        return new ChartAxis(isLog, low, high, ticks);
    }

    /// <summary>Whether a value has a place on such an axis.</summary>
    public static bool CanShow(double value, bool isLog) => Math.Abs(value) < Largest && (!isLog || value > 0);

    /// <summary>The place of a value: 0 at the lower end, 1 at the upper.</summary>
    public double Place(double value) => ((this.isLog ? Math.Log10(value) : value) - this.low) / (this.high - this.low);

    /// <summary>Multiples of 1, 2 or 5 times a power of ten, about as many as asked for.</summary>
    internal static double[] LinearTicks(double low, double high, int count)
    {
        var rough = (high - low) / Math.Max(1, count);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        double first = Math.Ceiling(low / step - 1e-9), last = Math.Floor(high / step + 1e-9);
        var steps = (int)Math.Clamp(last - first, -1, 1000);
        // 3 * 0.1 is 0.30000000000000004; through the decimal exponent the tick is 0.3 itself.
        var decimals = (int)Math.Clamp(-Math.Floor(Math.Log10(step)), 0, 15);
        return [.. Enumerable.Range(0, steps + 1).Select(i => Math.Round((first + i) * step, decimals) + 0.0)];
    }

    /// <summary>Powers of ten; with 2 and 5 times them when there are few; linear ticks in less than a decade.</summary>
    private static double[] LogTicks(double low, double high, int count)
    {
        int first = (int)Math.Floor(low), last = (int)Math.Ceiling(high);
        var stride = Math.Max(1, (int)Math.Ceiling((high - low) / count));
        double[] digits = high - low <= 2 ? [1, 2, 5] : [1];
        double[] ticks = [.. from exponent in Enumerable.Range(first, last - first + 1)
                             where exponent % stride == 0
                             from digit in digits
                             let log = exponent + Math.Log10(digit)
                             where log >= low && log <= high
                             select digit * Math.Pow(10, exponent)];
        return ticks.Length >= 3 ? ticks : [.. LinearTicks(Math.Pow(10, low), Math.Pow(10, high), count).Where(tick => tick > 0)];
    }

    private static Func<double, string> Label(double[] ticks)
    {
        var largest = ticks.Select(Math.Abs).DefaultIfEmpty(0).Max();
        var gap = ticks.Zip(ticks.Skip(1), (a, b) => b - a).DefaultIfEmpty(largest).Min();
        if (largest >= 1e7 || (largest > 0 && gap < 1e-5))
        {
            var digits = (int)Math.Clamp(Math.Ceiling(Math.Log10(largest / gap)) + 1, 1, 15); // enough to tell neighbors apart
            var format = $"0.{new string('#', digits)}e0";
            return tick => tick == 0 ? "0" : tick.ToString(format, CultureInfo.InvariantCulture);
        }
        return tick => tick.ToString("#,0.##########", CultureInfo.InvariantCulture);
    }
}
