using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Estimators;

/// <summary>What the estimators with hard samples forward and a relaxation backward compute.</summary>
public class RelaxationTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData("three-bit-quadratic", 1)]
    [InlineData("two-layer-chain", 1)]
    [InlineData("categorical-network", 1)]
    [InlineData("categorical-network", 7)]
    public void GumbelRao_AnyNumberOfRelaxations_HasTheMeanOfStraightThroughGumbelSoftmax(string name, int relaxations)
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.All().Single(p => p.Name == name);
        var one = GradientStatistics.Measure(problem, new StraightThroughGumbelSoftmax(), Draws, seed: 1);
        var other = GradientStatistics.Measure(problem, new GumbelRao { Relaxations = relaxations }, Draws, seed: 2);
        for (var i = 0; i < one.Mean.Length; i++)
        {
            var error = Math.Sqrt((one.StandardError[i] * one.StandardError[i]) + (other.StandardError[i] * other.StandardError[i]));
            other.Mean[i].ShouldBe(one.Mean[i], EstimatorLaws.MaxScore * error, $"component {i}");
        }

        // One relaxation given b is as good as the one from which b was rounded; more are better.
        if (relaxations == 1) (other.Variance / one.Variance).ShouldBe(1, 0.03);
        else other.Variance.ShouldBeLessThan(0.9 * one.Variance);
    }

    // What is averaged away is the variance given b: what the mean over K leaves of it is a K-th.
    [Fact]
    public void GumbelRao_MoreRelaxations_LeaveTheVarianceOfTheConditionalMean()
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.OneBit(torch.CPU, 0.45, 1);
        double Variance(int k) => GradientStatistics.Measure(problem, new GumbelRao { Relaxations = k }, Draws, seed: 3).Variance;
        var (one, two, eight) = (Variance(1), Variance(2), Variance(8));
        ((one - eight) / (one - two)).ShouldBe((1 - (1.0 / 8)) / (1 - (1.0 / 2)), 0.1);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void Means_OneBit_AreThoseOfQuadrature(double temperature)
    {
        using var scope = torch.NewDisposeScope();
        const double Target = 0.45, Logit = 1;
        var problem = ProblemCatalog.OneBit(torch.CPU, Target, Logit);
        double Mean(Func<double, double> argument) => Logistic(n =>
            2 * ((Logit + n > 0 ? 1 : 0) - Target) * Slope(argument(n)) / temperature);

        var together = Mean(n => (Logit + n) / temperature);
        var decoupled = Mean(n => (Logit / temperature) + n);
        ShouldBe(problem, new StraightThroughGumbelSoftmax { Temperature = temperature }, together);
        ShouldBe(problem, new GumbelRao { Temperature = temperature, Relaxations = 3 }, together);
        ShouldBe(problem, new DecoupledStraightThroughGumbelSoftmax { Temperature = temperature }, decoupled);
        if (temperature != 1) Math.Abs(together - decoupled).ShouldBeGreaterThan(0.001);
    }

    [Theory]
    [InlineData("six-bit-network")]
    [InlineData("categorical-network")]
    public void Decoupled_TemperatureOne_IsStraightThroughGumbelSoftmax(string name)
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.All().Single(p => p.Name == name);
        Tensor Gradient(GradientEstimator estimator)
        {
            using var rng = new Generator(5);
            return problem.Gradient(estimator, 1000, rng);
        }

        var difference = Gradient(new DecoupledStraightThroughGumbelSoftmax { Temperature = 1 }) - Gradient(new StraightThroughGumbelSoftmax { Temperature = 1 });
        difference.abs().max().Number().ShouldBeLessThan(1e-12);
    }

    // f'(b) sigmoid'(z / T) / T with |z| the larger of the gap and the logit on b's side.
    [Theory]
    [InlineData(0.3, 1, 0.5)]
    [InlineData(2.5, 1, 0.5)]
    [InlineData(-2.5, 0, 1.5)]
    public void Gapped_OneBit_HasTheMeanOfTheClosedForm(double logit, double gap, double temperature)
    {
        const double Target = 0.45;
        var p = 1 / (1 + Math.Exp(-logit));
        double At(int b, double z) => 2 * (b - Target) * Slope(z / temperature) / temperature;
        var expected = (p * At(1, Math.Max(logit, gap))) + ((1 - p) * At(0, Math.Max(-logit, gap)));
        var estimator = new GappedStraightThrough { Gap = gap, Temperature = temperature };
        ExactMoments.Of(ProblemCatalog.OneBit(torch.CPU, Target, logit), estimator).Mean[0].ShouldBe(expected, 1e-9);
    }

    // Logits 0.3, -0.5, 0.9 and a gap of 1: whichever is drawn is raised to 0.9, the others lowered to -0.1 if above it.
    [Fact]
    public void Gapped_Categorical_HasTheMeanOfTheMovedLogits()
    {
        const double T = 0.5;
        double[] f = [1, -0.7, 0.4], p = Softmax([0.3, -0.5, 0.9]);
        double[][] moved = [[0.9, -0.5, -0.1], [-0.1, 0.9, -0.1], [-0.1, -0.5, 0.9]];
        var expected = new double[3];
        for (var b = 0; b < 3; b++)
        {
            var y = Softmax([.. moved[b].Select(z => z / T)]);
            var mean = y.Zip(f, (a, c) => a * c).Sum();
            for (var k = 0; k < 3; k++) expected[k] += p[b] * y[k] * (f[k] - mean) / T;
        }

        var actual = ExactMoments.Of(ProblemCatalog.Categorical(torch.CPU), new GappedStraightThrough { Temperature = T }).Mean;
        for (var k = 0; k < 3; k++) actual[k].ShouldBe(expected[k], 1e-9);
    }

    [Fact]
    public void Settings_OfTheCatalogue_ReachTheEstimators()
    {
        ((GumbelRao)EstimatorCatalog.All.Find("gumbel-rao").Example(new([new("relaxations", "4")]))).Relaxations.ShouldBe(4);
        ((GappedStraightThrough)EstimatorCatalog.All.Find("gapped-straight-through").Example(new([new("gap", "0.25")]))).Gap.ShouldBe(0.25);
        EstimatorCatalog.All.Find("reinmax").Example().Bias.ShouldBe(Bias.NoneIfQuadratic);
    }

    private static void ShouldBe(Problem problem, GradientEstimator estimator, double expected)
    {
        var statistics = GradientStatistics.Measure(problem, estimator, Draws, seed: 4);
        statistics.Score([expected]).ShouldBeLessThan(EstimatorLaws.MaxScore, estimator.GetType().Name);
    }

    // The mean over standard logistic noise: the midpoint rule in u on a fine grid.
    private static double Logistic(Func<double, double> g)
    {
        const int Cells = 2_000_000;
        return Enumerable.Range(0, Cells).Sum(i => g(Math.Log((i + 0.5) / (Cells - i - 0.5)))) / Cells;
    }

    private static double Slope(double x) => 1 / ((1 + Math.Exp(x)) * (1 + Math.Exp(-x)));

    private static double[] Softmax(double[] x)
    {
        var e = x.Select(Math.Exp).ToArray();
        return [.. e.Select(v => v / e.Sum())];
    }
}
