using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Estimators;

/// <summary>ARM and DisARM against their formulas, by quadrature over the uniform noise u: both are polynomials in u between
/// the points where a bit flips, so that three Gauss-Legendre nodes there leave rounding only.</summary>
public class AntitheticTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<double, double, double, double> OneBit() => new()
    {
        // target, logit, variance of ARM, variance of DisARM
        { 0.499, 0, 8.33333e-8, 0 },
        { 0.499, 1, 1.458129e-7, 1.328447e-7 },
        { 0.45, 0, 2.083333e-4, 0 },
        { 0.45, 1, 3.645323e-4, 3.321117e-4 },
    };

    [Theory]
    [MemberData(nameof(OneBit))]
    public void Estimate_OneBit_HasTheMeanAndTheVarianceOfTheFormulas(double target, double logit, double arm, double disArm)
    {
        using var scope = torch.NewDisposeScope();
        var (p, d) = (Sigmoid(logit), 1 - (2 * target));
        var (least, most) = (Math.Min(p, 1 - p), Math.Max(p, 1 - p));
        foreach (var (estimator, variance, square) in new (AntitheticEstimator, double, double)[]
        {
            (new Arm(), arm, 2.0 / 3 * d * d * ((1.0 / 8) - Math.Pow(Math.Abs(p - 0.5), 3))),
            (new DisArm(), disArm, 0.5 * d * d * most * most * least),
        })
        {
            var draws = Draw(estimator, [logit], b => (b - target).square().sum(-1));
            var mean = draws.Mean(g => g[0]);
            mean.ShouldBe(p * (1 - p) * d, Tolerance);
            draws.Mean(g => g[0] * g[0]).ShouldBe(square, Tolerance);
            (square - (mean * mean)).ShouldBe(variance, Math.Max(variance * 1e-6, Tolerance));
        }
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Estimate_PairThatDiffers_HasTheProbabilityAndTheValueOfTheFormula(double logit)
    {
        using var scope = torch.NewDisposeScope();
        var (p, draws) = (Sigmoid(logit), Draw(new DisArm(), [logit], b => (b - 0.45).square().sum(-1)));
        draws.Probability(pair => pair[0] != pair[1]).ShouldBe(2 * Math.Min(p, 1 - p), Tolerance);
        foreach (var (pair, g) in draws.Pairs.Zip(draws.Gradients))
            g[0].ShouldBe(pair[0] == pair[1] ? 0 : 0.1 / 2 * Math.Max(p, 1 - p), Tolerance);
    }

    // The gradient of u and 1 - u is the same, and the mean of the single-point estimates f(1[u < p]) (1 - 2u) of both.
    [Fact]
    public void Arm_MirroredNoise_GivesTheSameGradientAndIsTheMeanOfTwoSinglePoints()
    {
        using var scope = torch.NewDisposeScope();
        double[] logits = [0.4, -0.8, 1.1];
        double[] u = [0.07, 0.62, 0.55];
        var f = ProblemCatalog.ThreeBitQuadratic(torch.CPU).F;
        double F(Func<double, double> of) => f(torch.tensor([.. u.Select((x, i) => of(x) < Sigmoid(logits[i]) ? 1.0 : 0)], [1L, 1, 3])).Number();
        var g = At(new Arm(), logits, f, u).Gradients[0];
        At(new Arm(), logits, f, [.. u.Select(x => 1 - x)]).Gradients[0].Zip(g).ShouldAllBe(x => Math.Abs(x.First - x.Second) < Tolerance);
        for (var i = 0; i < 3; i++) g[i].ShouldBe(((F(x => x) * (1 - (2 * u[i]))) + (F(x => 1 - x) * ((2 * u[i]) - 1))) / 2, Tolerance);
    }

    [Fact]
    public void Estimate_ThreeBits_DisArmIsTheMeanOfArmGivenThePairAndHasNoMoreVariance()
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.ThreeBitQuadratic(torch.CPU);
        var logits = problem.Parameters.ToArray<double>();
        var (arm, disArm) = (Draw(new Arm(), logits, problem.F), Draw(new DisArm(), logits, problem.F));
        var exact = problem.ExactGradient();
        for (var i = 0; i < 3; i++)
        {
            var k = i;
            arm.Mean(g => g[k]).ShouldBe(exact[k], Tolerance);
            disArm.Mean(g => g[k]).ShouldBe(exact[k], Tolerance);
            disArm.Mean(g => g[k] * g[k]).ShouldBeLessThan(arm.Mean(g => g[k] * g[k]));
            foreach (var given in Enumerable.Range(0, arm.Pairs.Length).GroupBy(n => string.Join(",", arm.Pairs[n])))
                (given.Sum(n => arm.Weights[n] * arm.Gradients[n][k]) / given.Sum(n => arm.Weights[n])).ShouldBe(disArm.Gradients[given.First()][k], Tolerance);
        }
    }

    [Fact]
    public void DisArm_BitsOnWhichThePairAgrees_GetNoGradient()
    {
        using var scope = torch.NewDisposeScope();
        var draws = Draw(new DisArm(), [0.4, -0.8, 1.1], ProblemCatalog.ThreeBitQuadratic(torch.CPU).F);
        foreach (var (pair, g) in draws.Pairs.Zip(draws.Gradients))
            for (var i = 0; i < 3; i++)
                if (pair[i] == pair[i + 3]) g[i].ShouldBe(0);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>All combinations of the bits' quadrature nodes.</summary>
    private static Nodes Draw(AntitheticEstimator estimator, double[] logits, Func<Tensor, Tensor> f)
    {
        var each = logits.Select(l => Quadrature(Math.Min(Sigmoid(l), 1 - Sigmoid(l)))).ToArray();
        IEnumerable<(double[] U, double Weight)> all = [([], 1)];
        foreach (var nodes in each) all = all.SelectMany(a => nodes.Select(n => ((double[])[.. a.U, n.U], a.Weight * n.Weight)));
        var list = all.ToList();
        return At(estimator, logits, f, [.. list.SelectMany(n => n.U)]) with { Weights = [.. list.Select(n => n.Weight)] };
    }

    private static Nodes At(AntitheticEstimator estimator, double[] logits, Func<Tensor, Tensor> f, double[] u)
    {
        var law = new Bernoulli(torch.tensor(logits, [1L, logits.Length]));
        var drawn = estimator.At(law, torch.tensor(u, [u.Length / logits.Length, 1, logits.Length]).logit());
        var (pairs, count) = (drawn.Points, drawn.Points.size(1));
        var values = f(pairs.flatten(0, 1)).reshape([2, count, 1, 1]);
        return new(Rows(torch.cat([pairs[0], pairs[1]], -1)), Rows(drawn.Gradient(values)), []);
    }

    private static double[][] Rows(Tensor t) => [.. t.ToArray<double>().Chunk((int)t.size(-1))];

    // On [0, a], [a, 1 - a], [1 - a, 1].
    private static List<(double U, double Weight)> Quadrature(double a)
    {
        (double X, double W)[] gauss = [(-Math.Sqrt(0.6), 5.0 / 18), (0, 8.0 / 18), (Math.Sqrt(0.6), 5.0 / 18)];
        return [.. new[] { (0, a), (a, 1 - a), (1 - a, 1) }.Where(i => i.Item2 > i.Item1).SelectMany(i =>
            gauss.Select(n => (((i.Item1 + i.Item2) / 2) + (n.X * (i.Item2 - i.Item1) / 2), n.W * (i.Item2 - i.Item1))))];
    }

    /// <summary>Per node: both points one after the other, the estimate, and the weight.</summary>
    private sealed record Nodes(double[][] Pairs, double[][] Gradients, double[] Weights)
    {
        public double Mean(Func<double[], double> of) => Gradients.Zip(Weights, (g, w) => of(g) * w).Sum();

        public double Probability(Func<double[], bool> of) => Pairs.Zip(Weights, (p, w) => of(p) ? w : 0).Sum();
    }
}
