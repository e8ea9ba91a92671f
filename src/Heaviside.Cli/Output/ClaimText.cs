using Heaviside.Estimators;

namespace Heaviside.Cli.Output;

/// <summary>What estimators claim, in a few words.</summary>
internal static class ClaimText
{
    /// <summary>A claim about the bias.</summary>
    internal static string Of(Bias bias) => bias switch
    {
        Bias.None => "unbiased",
        Bias.NoneIfMultilinear => "unbiased if f is multilinear",
        Bias.NoneIfQuadratic => "unbiased if f is quadratic",
        Bias.NoneIfOneLayer => "unbiased for one layer, biased for several",
        Bias.NoneUpToScaleIfNotShared => "unbiased up to a factor, if f shares no parameter",
        Bias.VanishesWithTemperature => "bias vanishes with the temperature",
        Bias.VanishesWithEpsilon => "bias vanishes with epsilon",
        Bias.VanishesWithTemperatureIfQuadratic => "bias vanishes with the temperature if f is quadratic",
        Bias.Unbounded => "biased",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
