using Heaviside.Numerics;

namespace Heaviside.Configuration;

/// <summary>Ranges of numbers in words.</summary>
public static class NumberRange
{
    /// <summary>"from 1 to 10000", "1 or more", "1 or less" or "any number", as the bounds are finite.</summary>
    public static string Of(double least, double most) => (double.IsFinite(least), double.IsFinite(most)) switch
    {
        (true, true) => $"from {Invariant.Format(least)} to {Invariant.Format(most)}",
        (true, false) => $"{Invariant.Format(least)} or more",
        (false, true) => $"{Invariant.Format(most)} or less",
        _ => "any number",
    };
}
