using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace Heaviside.Tests.Regularizers;

/// <summary>Expectations under standard normal variables, by Gauss-Legendre quadrature between the points where f is not smooth.</summary>
internal static class GaussianQuadrature
{
    private const double Edge = 9; // 2e-19 of the mass is outside
    private const int Panels = 24, Order = 20;

    /// <summary>E[f(e)].</summary>
    public static double Mean(Func<double, double> f, params double[] breaks)
    {
        double[] points = [-Edge, .. breaks.Where(b => Math.Abs(b) < Edge).Order(), Edge];
        return points.Zip(points.Skip(1)).Sum(panel => Enumerable.Range(0, Panels).Sum(i =>
        {
            var width = (panel.Second - panel.First) / Panels;
            var from = panel.First + (i * width);
            return GaussLegendreRule.Integrate(x => f(x) * Density(x), from, from + width, Order);
        }));
    }

    /// <summary>E[f(e) f(e')] for a correlation rho.</summary>
    public static double Stability(Func<double, double> f, double rho, params double[] breaks)
    {
        var s = Math.Sqrt(1 - (rho * rho));
        return Mean(x => f(x) * Mean(y => f((rho * x) + (s * y)), [.. breaks.Select(b => (b - (rho * x)) / s)]), breaks);
    }

    /// <summary>The coefficient of f on the normalized Hermite polynomial of a degree.</summary>
    public static double Hermite(Func<double, double> f, int degree, params double[] breaks) => Mean(x =>
    {
        var (previous, current) = (0.0, 1.0); // He_m / sqrt(m!)
        for (var m = 0; m < degree; m++) (previous, current) = (current, ((x * current) - (Math.Sqrt(m) * previous)) / Math.Sqrt(m + 1));
        return f(x) * current;
    }, breaks);

    public static double Sigmoid(double x) => SpecialFunctions.Logistic(x);

    public static double Phi(double x) => SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2;

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
