
namespace Heaviside.Tests.Regularizers;

/// <summary>A function of one Gaussian variable whose stability is known.</summary>
/// <param name="Name">Its formula.</param>
/// <param name="Of">The function.</param>
/// <param name="OfTensor">The function of each element.</param>
/// <param name="Breaks">Where it jumps.</param>
internal sealed record BoundedFunction(string Name, Func<double, double> Of, Func<Tensor, Tensor> OfTensor, params double[] Breaks)
{
    /// <summary>Functions, correlations and the stabilities that formulas or other people's quadrature give.</summary>
    public static IReadOnlyList<(BoundedFunction Function, double Rho, double Stability)> Known { get; } =
    [
        .. new[] { 0.1, 0.5, 0.8, 0.9, 0.99 }.Select(rho => (HalfSpace, rho, 0.25 + (Math.Asin(rho) / (2 * Math.PI)))),
        (HalfSpace, 0.5, 0.333333), (HalfSpace, 0.8, 0.397584), (HalfSpace, 0.9, 0.428217),
        .. new[] { 0.3, 0.9 }.Select(rho => (Identity, rho, rho)),
        .. new[] { 0.3, 0.9 }.Select(rho => (Affine, rho, 0.25 + (0.0625 * rho))),
        (Probit(1, 0), 0.9, 0.324288), (Probit(2, 0.5), 0.9, 0.469566), (Probit(10, 0.5), 0.9, 0.444963),
        (Sigmoid(1, 0), 0.9, 0.288918), (Sigmoid(5, 0), 0.9, 0.397538), (Sigmoid(1, 0.5), 0.9, 0.398837), (Sigmoid(5, 0.5), 0.9, 0.435520),
    ];

    public static BoundedFunction HalfSpace => new("1 of e > 0", x => x > 0 ? 1 : 0, z => z.gt(0).to(z.dtype), 0);

    public static BoundedFunction Identity => new("e", x => x, z => z.alias());

    public static BoundedFunction Affine => new("1/2 + e/4", x => 0.5 + (0.25 * x), z => 0.5 + (0.25 * z));

    public static BoundedFunction Sigmoid(double slope, double shift) =>
        new($"sigmoid({slope} e + {shift})", x => GaussianQuadrature.Sigmoid((slope * x) + shift), z => ((slope * z) + shift).sigmoid());

    public static BoundedFunction Probit(double slope, double shift) =>
        new($"Phi({slope} e + {shift})", x => GaussianQuadrature.Phi((slope * x) + shift), z => 0.5 * (1 + (((slope * z) + shift) / Math.Sqrt(2)).erf()));

    public override string ToString() => Name;
}
