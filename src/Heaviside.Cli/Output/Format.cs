using System.Globalization;
using Heaviside.Evaluation;

namespace Heaviside.Cli.Output;

/// <summary>Numbers and times as people read them, the same in every country.</summary>
internal static class Format
{
    internal static string Of(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Nats(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    internal static string Of(Bound b) => $"{Nats(b.Mean)} ± {Error(b.StandardError)}";

    /// <summary>A standard error, which is infinite where it is not known.</summary>
    internal static string Error(double value) => double.IsFinite(value) ? Nats(value) : "unknown";

    /// <summary>Three significant digits or more: 0.0312, 3.12, 312, 3,120.</summary>
    internal static string Short(double value) =>
        Math.Abs(value) >= 100 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary><c>0:07</c>, <c>12:34</c>, <c>5:06:07</c> or <c>3 days</c>.</summary>
    internal static string Duration(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 1e9)) switch
    {
        { TotalDays: >= 2 } t => $"{(int)t.TotalDays} days",
        { TotalHours: >= 1 } t => $"{(int)t.TotalHours}:{t:mm\\:ss}",
        var t => t.ToString(@"m\:ss", CultureInfo.InvariantCulture),
    };
}
