using Heaviside.Numerics;

namespace Heaviside.Configuration;

/// <summary>Ranges of numbers in words that fit after "a number".</summary>
internal static class NumberRange
{
    /// <summary>"from 1 to 10000", "of 1 or more", "of 1 or less" or "of any size".</summary>
    internal static string Of(double least, double most) => Of(least, most, double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The same, of a type with a smallest and a largest value, which are no bounds.</summary>
    internal static string Of<T>(T least, T most, T smallest, T largest)
        where T : IComparable<T>, IFormattable =>
        (least.CompareTo(smallest) > 0, most.CompareTo(largest) < 0) switch
        {
            (true, true) => $"from {Shown(least)} to {Shown(most)}",
            (true, false) => $"of {Shown(least)} or more",
            (false, true) => $"of {Shown(most)} or less",
            _ => "of any size",
        };

    private static string Shown(IFormattable value) => value is double number ? Invariant.Format(number).Replace("e-0", "e-", StringComparison.Ordinal) : value.ToString(null, null);
}
