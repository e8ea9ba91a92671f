using Heaviside.Regularizers;

namespace Heaviside.Tests.Regularizers;

public sealed class HalfSpaceStabilityTests
{
    // Sheppard's formula for the half-space that halves the measure.
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void Of_HalfTheMeasure_IsSheppards(double rho) =>
        HalfSpaceStability.Of(0.5, rho).ShouldBe(0.25 + (Math.Asin(rho) / (2 * Math.PI)), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1e-6)]
    [InlineData(0.2)]
    [InlineData(0.8)]
    [InlineData(1)]
    public void Of_AnyVolume_GoesFromItsSquareToItself(double volume)
    {
        HalfSpaceStability.Of(volume, 0).ShouldBe(volume * volume, 1e-12);
        HalfSpaceStability.Of(volume, 1).ShouldBe(volume, 1e-6);
        // P[both in] + P[none in] = 1 - 2 P[first in, second not].
        HalfSpaceStability.Of(1 - volume, 0.7).ShouldBe(1 - (2 * volume) + HalfSpaceStability.Of(volume, 0.7), 1e-9);
    }

    // f = Phi(a e + c) is an indicator of a half-space seen through noise: the bivariate normal distribution function at h, h.
    [Theory]
    [InlineData(1, 0, 0.9, 0.324288)]
    [InlineData(2, 0.5, 0.9, 0.469566)]
    [InlineData(10, 0.5, 0.9, 0.444963)]
    public void Of_TheVolumeAndCorrelationOfAProbit_IsItsStability(double a, double c, double rho, double expected)
    {
        var volume = MathNet.Numerics.Distributions.Normal.CDF(0, 1, c / Math.Sqrt(1 + (a * a)));
        HalfSpaceStability.Of(volume, rho * a * a / (1 + (a * a))).ShouldBe(expected, 2e-6);
    }

    [Theory]
    [InlineData(-0.1, 0.5)]
    [InlineData(0.5, 1.1)]
    [InlineData(double.NaN, 0.5)]
    public void Of_ImpossibleArguments_Throws(double volume, double rho) =>
        Should.Throw<ArgumentOutOfRangeException>(() => HalfSpaceStability.Of(volume, rho));
}
