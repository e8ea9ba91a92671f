using System.Globalization;

namespace Heaviside.Numerics;

/// <summary>Numbers as text: the same on every machine, and read back to the same bits.</summary>
internal static class Invariant
{
    public static string Format(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');

    public static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a finite number; "nan", "inf" and overflow are refused.</summary>
    public static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Reads a whole number, also one written as <c>1e5</c>.</summary>
    public static bool TryParse(string text, out long value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out value))
            return true;
        const double exactLimit = 1L << 53;
        if (!TryParse(text, out double real) || real != Math.Truncate(real) || Math.Abs(real) > exactLimit) return false;
        value = (long)real;
        return true;
    }
}
