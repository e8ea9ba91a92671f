using System.Globalization;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Estimators;

/// <summary>What the straight-through family computes, summed exactly over the hard samples.</summary>
public class StraightThroughTests
{
    private const double Tolerance = 1e-9;

    private static readonly double[,] A = { { 0.5, -1, 0.3 }, { 0.2, -0.4, 0.8 }, { 0, 0.6, 0.7 } };

    private static readonly double[] C = [-0.3, 0.9, 0.1];

    private static readonly double[] Phi = [0.4, -0.8, 1.1];

    public static TheoryData<string, string> ExactClaims()
    {
        var data = new TheoryData<string, string>();
        foreach (var name in new[] { "straight-through", "darn", "reinmax" })
            foreach (var problem in EstimatorLaws.ProblemsFor(EstimatorCatalog.All.Find(name)).Where(p => p.Law(p.Parameters.unsqueeze(0)).JointValues < 100)) // each value is drawn
                data.Add(name, problem.Name);
        return data;
    }

    [Theory]
    [MemberData(nameof(ExactClaims))]
    public void Mean_WhereUnbiasedIsClaimed_IsTheExactGradient(string name, string problem)
    {
        var p = ProblemCatalog.All().Single(p => p.Name == problem);
        ShouldBe(ExactMoments.Of(p, p.Create(EstimatorCatalog.All.Find(name))).Mean, p.ExactGradient());
    }

    [Theory]
    [InlineData(0.499, 0, 5e-4)]
    [InlineData(0.499, 1, 0.09125097154)]
    [InlineData(0.45, 0, 0.025)]
    [InlineData(0.45, 1, 0.110518941)]
    public void StraightThrough_OneBit_HasTheMeanOfTheClosedForm(double target, double logit, double expected) =>
        ExactMoments.Of(ProblemCatalog.OneBit(torch.CPU, target, logit), new StraightThrough()).Mean[0].ShouldBe(expected, Tolerance);

    [Fact]
    public void StraightThrough_ThreeBitQuadratic_HasTheBiasOfTheClosedForm() =>
        ShouldBe(ExactMoments.Of(ProblemCatalog.ThreeBitQuadratic(torch.CPU), new StraightThrough()).Mean, [0.0662507658, 0.2616957545, 0.3305216240]);

    [Theory]
    [InlineData(0.499, 0, 0.0625)]
    [InlineData(0.499, 1, 0.04906216755)]
    [InlineData(0.45, 0, 0.0625)]
    [InlineData(0.45, 1, 0.04471506324)]
    public void Darn_OneBit_HasTheExactMeanAndTheVarianceOfTheClosedForm(double target, double logit, double variance)
    {
        var problem = ProblemCatalog.OneBit(torch.CPU, target, logit);
        var moments = ExactMoments.Of(problem, new Darn());
        moments.Mean[0].ShouldBe(problem.ExactGradient()[0], Tolerance);
        moments.Variance[0].ShouldBe(variance, Tolerance);
    }

    // Layer by layer: exact for the last one, the trapezoid rule on E[f | b1] for the first.
    [Fact]
    public void Darn_TwoLayerChain_AppliesTheTrapezoidRuleToEachLayer()
    {
        const double P1 = 0.3, P2 = -0.4, W = 0.8;
        static double F(double b1, double b2) => (1.3 * (b1 - 0.2) * (b1 - 0.2)) + (0.9 * (b2 - 0.7) * (b2 - 0.7)) + (1.5 * b1 * b2);
        static double Slope(double b1)
        {
            var s = Sigmoid((W * b1) + P2);
            return (2.6 * (b1 - 0.2)) + (1.5 * s) + (W * s * (1 - s) * (F(b1, 1) - F(b1, 0)));
        }

        var problem = ProblemCatalog.TwoLayerChain(torch.CPU);
        var theta = Sigmoid(P1);
        var exact = problem.ExactGradient();
        var first = theta * (1 - theta) * (Slope(0) + Slope(1)) / 2;
        Math.Abs(first - exact[0]).ShouldBeGreaterThan(1e-4);
        ShouldBe(ExactMoments.Of(problem, new Darn()).Mean, [first, exact[1], exact[2]]);
    }

    [Theory]
    [InlineData("six-bit-network")]
    [InlineData("two-layer-chain")]
    public void ReinMax_Bits_IsDarnSampleBySample(string problem)
    {
        using var scope = torch.NewDisposeScope();
        Tensor Gradient(GradientEstimator estimator)
        {
            using var rng = new Generator(5);
            return ProblemCatalog.All().Single(p => p.Name == problem).Gradient(estimator, 1000, rng);
        }

        (Gradient(new ReinMax()) - Gradient(new Darn())).abs().max().Number().ShouldBeLessThan(1e-12);
    }

    // f'(b) (2 x (1 - x) - p (1 - p) / 2) with x half way from sigmoid(logit / T) to b.
    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void ReinMax_OneBitAtATemperature_HasTheMeanOfTheClosedForm(double temperature)
    {
        const double T = 0.45, Logit = 1;
        var (p, soft) = (Sigmoid(Logit), Sigmoid(Logit / temperature));
        double At(double b)
        {
            var x = (soft + b) / 2;
            return 2 * (b - T) * ((2 * x * (1 - x)) - (p * (1 - p) / 2));
        }

        var estimator = new ReinMax { Temperature = temperature };
        estimator.Bias.ShouldBe(Bias.Unbounded);
        ExactMoments.Of(ProblemCatalog.OneBit(torch.CPU, T, Logit), estimator).Mean[0].ShouldBe((p * At(1)) + ((1 - p) * At(0)), Tolerance);
    }

    // A bit with logit l is a variable of two classes with logits l and 0.
    [Theory]
    [InlineData("reinmax", 1.0)]
    [InlineData("reinmax", 1.6)]
    [InlineData("gapped-straight-through", 0.6)]
    [InlineData("straight-through", 0)]
    public void Moments_TwoClasses_AreThoseOfABit(string name, double temperature)
    {
        GradientEstimator Create() => EstimatorCatalog.All.Find(name).Example(new(temperature > 0 ? [new("temperature", temperature.ToString(CultureInfo.InvariantCulture))] : []));
        foreach (var logit in new[] { -2.5, -0.3, 0.4, 3.1 })
        {
            Func<Tensor, Tensor> f = x => (x * 1.7).sin() + (0.3 * x * x * x);
            var logits = torch.tensor([logit]);
            var bit = ExactMoments.Of(new("bit", logits, l => new Bernoulli(l), b => f(b.select(-1, 0)), null), Create());
            Func<Tensor, DiscreteDistribution> law = l => new OneHotCategorical(torch.stack([l, torch.zeros_like(l)], -1));
            var classes = ExactMoments.Of(new("classes", logits, law, b => f(b.select(-1, 0).select(-1, 0)), null), Create());
            ShouldBe(classes.Mean, bit.Mean);
            ShouldBe(classes.Variance, bit.Variance);
        }
    }

    // The mean of f', and not times p (1 - p) as through the probability.
    [Fact]
    public void StraightThroughLogit_ThreeBitQuadratic_HasTheMeanOfTheDerivative() =>
        ShouldBe(
            ExactMoments.Of(ProblemCatalog.ThreeBitQuadratic(torch.CPU), new StraightThroughLogit()).Mean,
            Derivative([.. Phi.Select(Sigmoid)]));

    [Fact]
    public void StraightThroughLogit_Categorical_HasTheDerivative() =>
        ShouldBe(ExactMoments.Of(ProblemCatalog.Categorical(torch.CPU), new StraightThroughLogit()).Mean, [1, -0.7, 0.4]);

    // The mode of logits 0.4, -0.8, 1.1 is 1, 0, 1.
    [Fact]
    public void StraightThroughThreshold_ThreeBitQuadratic_IsTheDerivativeAtTheModeThroughTheProbability()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var problem = ProblemCatalog.ThreeBitQuadratic(torch.CPU);
        var gradient = problem.Gradient(new StraightThroughThreshold(), 2, rng);
        double[] expected = [.. Derivative([1, 0, 1]).Zip(Phi, (d, l) => d * Sigmoid(l) * (1 - Sigmoid(l)))];
        foreach (var row in new[] { gradient[0], gradient[1] }) ShouldBe(row.ToArray<double>(), expected);

        var estimate = problem.Estimate(new StraightThroughThreshold(), problem.Copies(1), rng);
        estimate.Point.ShouldBe(EvaluationPoint.Mode);
        estimate.Value.Number().ShouldBe(0.5 + 0.7 + 0.3 - 0.3 + 0.1, Tolerance);
    }

    [Fact]
    public void StraightThroughThreshold_Categorical_HasTheGradientOfTheMeanForLinearF()
    {
        // Through the softmax, f' being the same everywhere: exact here, where f(mode) is not E[f(b)].
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var problem = ProblemCatalog.Categorical(torch.CPU);
        ShouldBe(problem.Gradient(new StraightThroughThreshold(), 1, rng).ToArray<double>(), problem.ExactGradient());
        problem.Estimate(new StraightThroughThreshold(), problem.Copies(1), rng).Value.Number().ShouldBe(0.4, Tolerance);
    }

    // Logits 0.3 and, given 1, 0.4: both bits are 1.
    [Fact]
    public void StraightThroughThreshold_TwoLayerChain_GoesThroughBothLayers()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var problem = ProblemCatalog.TwoLayerChain(torch.CPU);
        var (p, s) = (Sigmoid(0.3), Sigmoid(0.4));
        var second = s * (1 - s) * ((1.8 * 0.3) + 1.5);
        var first = p * (1 - p) * ((2.6 * 0.8) + 1.5 + (0.8 * second));
        ShouldBe(problem.Gradient(new StraightThroughThreshold(), 1, rng).ToArray<double>(), [first, second, second]);
    }

    // d/db_i of b'Ab + c'b.
    private static double[] Derivative(double[] b) =>
        [.. Enumerable.Range(0, 3).Select(i => C[i] + Enumerable.Range(0, 3).Sum(j => (A[i, j] + A[j, i]) * b[j]))];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void ShouldBe(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++) actual[i].ShouldBe(expected[i], Tolerance, $"component {i}");
    }
}
