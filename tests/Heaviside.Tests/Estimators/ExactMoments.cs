using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Estimators;

/// <summary>The exact mean and variance of an estimator whose gradient is a function of the hard sample alone, by summing over its values.</summary>
internal sealed record ExactMoments(double[] Mean, double[] Variance)
{
    private const int Draws = 20_000;

    private const double Rounding = 1e-12;

    internal static ExactMoments Of(Problem problem, GradientEstimator estimator)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        Tensor? seen = null;
        var gradients = (problem with { F = b => problem.F(seen = b) }).Gradient(estimator, Draws, rng).reshape([Draws, -1]);
        var samples = seen!.detach()[0].flatten(1);

        var law = problem.Law(problem.Parameters.unsqueeze(0));
        var values = law.Enumerate();
        var q = law.JointLogProb(values.unsqueeze(1)).exp();
        var each = torch.stack([.. Enumerable.Range(0, (int)values.size(0)).Select(i => GradientAt(values[i].flatten(), samples, gradients))]);
        var mean = (q * each).sum([0L]);
        return new(mean.ToArray<double>(), (q * (each - mean).square()).sum([0L]).ToArray<double>());
    }

    private static Tensor GradientAt(Tensor value, Tensor samples, Tensor gradients)
    {
        var rows = (samples - value).abs().sum(-1).lt(0.5).nonzero().flatten();
        rows.size(0).ShouldBeGreaterThan(0, "a value was never drawn");
        var found = gradients.index_select(0, rows);
        (found - found[0]).abs().max().Number().ShouldBeLessThan(Rounding, "the gradient is no function of b alone");
        return found[0];
    }
}
