using System.Runtime.CompilerServices;

namespace Heaviside.Numerics;

/// <summary>The temperatures, and by their absolute value the epsilons, at which single precision suffices: even an infinite logit, which counts
/// as 1e30, stays finite when it is divided by one.</summary>
internal static class TemperatureRange
{
    /// <summary>The smallest.</summary>
    internal const double Least = 1e-6;

    /// <summary>The largest.</summary>
    internal const double Most = 1e6;

    /// <summary>The range in words that fit after a name.</summary>
    internal const string Words = "must be from 1e-6 to 1e6";

    /// <summary>A temperature in the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in it, or no number.</exception>
    internal static double Require(double temperature, [CallerArgumentExpression(nameof(temperature))] string name = "") => temperature is >= Least and <= Most
        ? temperature
        : throw new ArgumentOutOfRangeException(name, temperature, Words);
}
