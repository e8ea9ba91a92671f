using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Estimators;

public class FoustTests
{
    private const int Draws = 2000;

    // E[f'(u~) p (1 - p) / (2 q(b))] = p (1 - p) (f(1) - f(0)): what each draw is, and by quadrature what its mean is.
    [Theory]
    [InlineData(0.0)]
    [InlineData(1.3)]
    [InlineData(-2.1)]
    public void Gradient_OneBit_IsTheWeightedDerivativeWhoseMeanIsExact(double logit)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        List<Tensor> seen = [];
        var problem = new Problem("smooth", torch.tensor([logit]), l => new Bernoulli(l), b =>
        {
            seen.Add(b.detach());
            return F(b).sum(-1);
        }, Degree: null);
        var gradient = problem.Gradient(new Foust(), Draws, rng).ToArray<double>();

        var (b, u) = (seen[0].ToArray<double>(), seen[1].ToArray<double>());
        var theta = 1 / (1 + Math.Exp(-logit));
        for (var i = 0; i < Draws; i++)
        {
            gradient[i].ShouldBe(Slope(u[i]) * theta * (1 - theta) / (2 * (b[i] == 1 ? theta : 1 - theta)), 1e-12);
            u[i].ShouldBeInRange(b[i] / 2, (b[i] + 1) / 2);
        }

        // u~ covers each half evenly: its mean within the half is in the middle.
        foreach (var half in new[] { 0.0, 1.0 })
        {
            var within = u.Where((_, i) => b[i] == half).ToArray();
            within.Average().ShouldBe((half / 2) + 0.25, EstimatorLaws.MaxScore * Math.Sqrt(1.0 / 48 / within.Length));
        }

        // q(b) and the density 2 on each half cancel 1 / (2 q(b)): the integral of the slope over [0, 1], midpoint rule.
        const int Cells = 10_000;
        var integral = Enumerable.Range(0, Cells).Sum(i => Slope((i + 0.5) / Cells)) / Cells;
        (theta * (1 - theta) * integral).ShouldBe(problem.ExactGradient()[0], 1e-8);
    }

    [Fact]
    public void Estimate_ThreeBits_RelaxesOneBitAtATimeAndReportsTheHardSample()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(2);
        List<Tensor> seen = [];
        var problem = ProblemCatalog.ThreeBitQuadratic(torch.CPU);
        var spy = problem with { F = b => problem.F(Keep(b)) };
        Tensor Keep(Tensor b)
        {
            seen.Add(b.detach());
            return b;
        }

        var estimate = spy.Estimate(new Foust { Samples = 2 }, spy.Copies(5), rng);
        estimate.Point.ShouldBe(EvaluationPoint.HardSample);
        estimate.Value.ToArray<double>().ShouldBe(problem.F(seen[0]).ToArray<double>());
        seen[1].shape.ShouldBe([6L, 5, 3]);
        var differs = (seen[1].reshape([3, 2, 5, 3]) - seen[0]).ne(0).to(torch.float64);
        var diagonal = torch.eye(3, dtype: torch.float64).reshape([3, 1, 1, 3]).expand(differs.shape);
        differs.IsSame(diagonal).ShouldBeTrue();
    }

    private static Tensor F(Tensor b) => (3 * b).sin() + (0.7 * b * b * b * b);

    private static double Slope(double u) => (3 * Math.Cos(3 * u)) + (2.8 * u * u * u);
}
