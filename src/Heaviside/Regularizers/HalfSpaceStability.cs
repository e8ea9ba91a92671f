using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace Heaviside.Regularizers;

/// <summary>The noise stability of half-spaces: the largest that a function with values in [0, 1] can have for its mean.</summary>
/// <remarks>Reference: Borell's theorem, as in Stability Regularization for Discrete Representation Learning, submitted to ICLR 2022 (no arXiv id),
/// theorem 1.</remarks>
public static class HalfSpaceStability
{
    private const int Nodes = 64;

    /// <summary>P[e and e' are in it] for standard normal e and e' with correlation rho, in any number of dimensions.</summary>
    /// <param name="volume">Its Gaussian volume P[e is in it], from 0 to 1.</param>
    /// <param name="rho">The correlation, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside its range.</exception>
    public static double Of(double volume, double rho)
    {
        if (volume is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(volume), volume, "must be from 0 to 1");
        if (rho is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(rho), rho, "must be from 0 to 1");
        // The bivariate normal distribution function at (h, h) grows with rho by its density there; with rho = sin t it is smooth up to 1.
        var h = Normal.InvCDF(0, 1, volume);
        return (volume * volume) + (GaussLegendreRule.Integrate(t => Math.Exp(-h * h / (1 + Math.Sin(t))), 0, Math.Asin(rho), Nodes) / (2 * Math.PI));
    }
}
