
namespace Heaviside.Laboratory;

/// <summary>Mean, variance and bias of a gradient estimator at fixed weights, over many draws.</summary>
/// <param name="Name">The estimator.</param>
/// <param name="Draws">Over how many estimates.</param>
/// <param name="Mean">Per component, one parameter after the other.</param>
/// <param name="Variance">Of one estimate, the mean over the components.</param>
/// <param name="Bias">The length of mean - exact gradient; null where the exact gradient is not known.</param>
/// <param name="ExactNorm">The length of the exact gradient, or null.</param>
public sealed record GradientReport(string Name, int Draws, double[] Mean, double Variance, double? Bias, double? ExactNorm)
{
    /// <summary>The natural logarithm of the variance.</summary>
    public double LogVariance => Math.Log(Variance);

    /// <summary>The bias in lengths of the exact gradient. An unbiased estimator shows about <see cref="RelativeError"/>, not 0.</summary>
    public double? RelativeBias => Bias / ExactNorm;

    /// <summary>The standard error of the mean, in lengths of the exact gradient.</summary>
    public double? RelativeError => Math.Sqrt(Variance * Mean.Length / Draws) / ExactNorm;

    /// <summary>Sums up draws that come in tables of P components, <c>[R, P]</c> or <c>[R, ...]</c>.</summary>
    /// <param name="name">The estimator.</param>
    /// <param name="tables">How many tables there are, with at least two draws in all.</param>
    /// <param name="table">Makes a table; only one is kept at a time.</param>
    /// <param name="exact">The exact gradient, <c>[P]</c>, or null.</param>
    internal static GradientReport Of(string name, int tables, Func<int, Tensor> table, Tensor? exact)
    {
        using var scope = torch.NewDisposeScope();
        // Differences from a point near the mean, so that their squares lose no digits.
        var (draws, origin, sum, squares) = (0L, exact?.to(torch.float64), (Tensor?)null, (Tensor?)null);
        for (var i = 0; i < tables; i++)
        {
            using var one = torch.NewDisposeScope();
            var drawn = table(i);
            using var noGrad = torch.no_grad();
            var g = drawn.reshape([drawn.size(0), -1]).to(torch.float64);
            origin ??= one.MoveToOuter(g[0].clone());
            sum ??= one.MoveToOuter(torch.zeros_like(origin));
            squares ??= one.MoveToOuter(torch.zeros_like(origin));
            var d = g - origin;
            sum.add_(d.sum([0]));
            squares.add_(d.square().sum([0]));
            draws += g.size(0);
        }

        if (draws < 2) throw new ArgumentException($"expected at least 2 draws, got {draws}", nameof(tables));
        var mean = sum! / draws;
        var variance = ((squares! - (mean.square() * draws)) / (draws - 1)).clamp(min: 0).mean().Number();
        return new(
            name, (int)draws, (mean + origin!).ToArray<double>(), variance,
            exact is null ? null : torch.linalg.vector_norm(mean).Number(),
            exact is null ? null : torch.linalg.vector_norm(exact.to(torch.float64)).Number());
    }
}
