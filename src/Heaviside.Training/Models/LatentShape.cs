using System.Globalization;

namespace Heaviside.Models;

/// <summary>N categorical variables of K classes each, written <c>30x10</c>.</summary>
/// <param name="Variables">N, at least 1.</param>
/// <param name="Classes">K, at least 2.</param>
public readonly record struct LatentShape(int Variables, int Classes) : IParsable<LatentShape>
{
    /// <summary>Reads <c>NxK</c>.</summary>
    /// <exception cref="InputException">The text is not of that form, N is below 1 or K below 2.</exception>
    public static LatentShape Parse(string text) =>
        text.Split('x') is [var n, var k]
        && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var variables)
        && int.TryParse(k, NumberStyles.None, CultureInfo.InvariantCulture, out var classes)
        && variables is >= 1 and <= 100_000 && classes is >= 2 and <= 100_000
            ? new(variables, classes)
            : throw new InputException($"'{text}' is not of the form NxK, N variables (at least 1) of K classes (at least 2), such as 30x10");

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Variables}x{Classes}");

    static LatentShape IParsable<LatentShape>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<LatentShape>.TryParse(string? s, IFormatProvider? provider, out LatentShape result)
    {
        try
        {
            result = Parse(s ?? "");
            return true;
        }
        catch (InputException)
        {
            result = default;
            return false;
        }
    }
}
