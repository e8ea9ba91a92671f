using Heaviside.Laboratory.Demonstrations;
using Heaviside.Regularizers;

namespace Heaviside.Tests.Laboratory.Demonstrations;

public sealed class GaussianPlaneTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly GaussianPlane plane = new(torch.CPU);

    public void Dispose()
    {
        plane.Dispose();
        scope.Dispose();
    }

    // By one-dimensional quadrature elsewhere; the other coordinate does not matter.
    [Theory]
    [InlineData(1, 0, 0.288918)]
    [InlineData(5, 0, 0.397538)]
    [InlineData(1, 0.5, 0.398837)]
    [InlineData(5, 0.5, 0.435520)]
    public void Stability_OfASigmoid_IsTheKnownOne(double slope, double offset, double expected)
    {
        var diagonal = plane.ValuesOf(x => ((slope * (x.sum([1]) / Math.Sqrt(2))) + offset).sigmoid());
        plane.Stability(diagonal, 0.9).ShouldBe(expected, 2e-6);
    }

    [Fact]
    public void Moments_OfAHalfPlane_AreThoseOfTheTheory()
    {
        var f = plane.ValuesOf(x => HalfPlane(x, 0.5));
        var volume = 1 - MathNet.Numerics.Distributions.Normal.CDF(0, 1, 0.5);

        plane.Mean(f).ShouldBe(volume, 2e-3);
        plane.Stability(f, 0.9).ShouldBe(HalfSpaceStability.Of(volume, 0.9), 2e-3);
        plane.DistanceFromHalfPlane(f).ShouldBe(0, 2e-3);
    }

    [Fact]
    public void DistanceFromHalfPlane_OfSomethingElse_IsFar()
    {
        plane.DistanceFromHalfPlane(plane.ValuesOf(x => 0 * x.sum([1]) + 0.5)).ShouldBe(0.5, 1e-3);
        plane.DistanceFromHalfPlane(plane.ValuesOf(x => 0.5 + (0.25 * (HalfPlane(x, 0) - 0.5)))).ShouldBe(0.375, 2e-3);
    }

    // What mean-centered stability maximizes at 0.9 and 0.5 is larger on two opposite quadrants than on the half-plane of their volume; not at 0.9 and 0.1.
    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.1, -1)]
    public void Stabilities_OfTwoQuadrants_DifferMoreThanAHalfPlanesUnlessTheCorrelationsAddUpToOne(double rho2, int sign)
    {
        var quadrants = plane.ValuesOf(x => x.prod(1).gt(0).to(x.dtype));
        double Difference(Func<double, double> stability) => stability(0.9) - stability(rho2);

        plane.Stability(quadrants, 0.9).ShouldBe(0.25 + (0.25 * Math.Pow(2 / Math.PI * Math.Asin(0.9), 2)), 2e-2, "the quadrants lose the two axes to the grid");
        var gain = Difference(rho => plane.Stability(quadrants, rho)) - Difference(rho => HalfSpaceStability.Of(plane.Mean(quadrants), rho));
        Math.Sign(gain).ShouldBe(sign);
    }

    [Fact]
    public void Picture_OfAFunction_HasItsRowsFromAbove()
    {
        var picture = GaussianPlane.Picture(plane.ValuesOf(x => x.narrow(1, 1, 1)), limit: 3);
        picture.Length.ShouldBe(121 * 121);
        (picture[0], picture[^1]).ShouldBe((3f, -3f));
    }

    // x . (3, 4) / 5 > boundary.
    private static Tensor HalfPlane(Tensor x, double boundary) =>
        ((x.narrow(1, 0, 1) * 0.6) + (x.narrow(1, 1, 1) * 0.8)).gt(boundary).to(x.dtype);
}
