using Heaviside.Numerics;

namespace Heaviside.Studies;

/// <summary>A number that a paper reports.</summary>
/// <param name="Value">The number.</param>
/// <param name="Error">Its standard error, or null where the paper has none.</param>
/// <param name="Text">The number as the paper prints it.</param>
public sealed record PaperNumber(double Value, double? Error, string Text)
{
    private static readonly string[] Signs = ["+-", "±"];

    /// <summary>Reads <c>-112.5 +- 0.1</c> or <c>-112.5</c>; null when it is neither.</summary>
    public static PaperNumber? Parse(string text)
    {
        var parts = text.Split(Signs, StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || !Invariant.TryParse(parts[0], out double value)) return null;
        if (parts.Length == 1) return new(value, null, parts[0]);
        return Invariant.TryParse(parts[1], out double error) && error >= 0 ? new(value, error, $"{parts[0]} ± {parts[1]}") : null;
    }
}
