using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Estimators;

/// <summary>ARMS and CARMS: their copula, their closed-form ratios, and what they become in special cases.</summary>
public class MutuallyAntitheticTests
{
    private const double Tolerance = 1e-12;
    private const int Draws = 400_000;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void DirichletCopula_Uniforms_AreUniformAndMeetAsOftenAsTheFormulaSays(int n)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        var u = DirichletCopula.Uniforms(Noise.Gumbel([n, Draws], torch.zeros([1], torch.float64), rng));
        foreach (var q in new[] { 0.02, 0.3, 0.5, 0.8 })
        {
            var below = u.lt(q).to(torch.float64);
            ShouldBeFrequency(below[0].mean().Number(), q);
            var both = DirichletCopula.Both(torch.tensor([q], [1L]), n).Number();
            ShouldBeFrequency((below[0] * below[1]).mean().Number(), both);
            both.ShouldBeLessThan(q * q);
            if (q <= 0.5) DirichletCopula.Ratio(torch.tensor([q], [1L]), n).Number().ShouldBe(q * (1 - q) / (q - both), Tolerance);
        }
    }

    [Fact]
    public void DirichletCopula_RatioOfAnImpossibleEvent_IsOne() =>
        DirichletCopula.Ratio(torch.zeros([1]), 3).Number().ShouldBe(1);

    [Fact]
    public void Arms_TwoSamples_IsDisArmDrawByDraw()
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.ThreeBitQuadratic(torch.CPU);
        var law = new Bernoulli(problem.Parameters.unsqueeze(0));
        using var rng = new Generator(5);
        var noise = Noise.Gumbel([2, 100, 1, 3], law.Logits, rng);
        var arms = Arms.At(law, noise);
        var disArm = new DisArm().At(law, law.Logits.sign() * (noise[0] - noise[1]));
        arms.Points.ToArray<double>().ShouldBe(disArm.Points.ToArray<double>());
        var f = problem.F(arms.Points.flatten(0, 1)).reshape([2, 100, 1, 1]);
        arms.Gradient(f).ToArray<double>().ShouldBe(disArm.Gradient(f).ToArray<double>(), Tolerance);
    }

    // Below q = 2^(1 - n) no two samples are rare together: the estimate is D (1 - q) / n when one is, and else 0.
    [Fact]
    public void Arms_RareValue_HasTheTwoValuesOfTheFormula()
    {
        using var scope = torch.NewDisposeScope();
        const double Q = 0.1, D = 0.1;
        var problem = ProblemCatalog.OneBit(torch.CPU, target: (1 - D) / 2, logit: Math.Log(Q / (1 - Q)));
        using var rng = new Generator(6);
        var gradients = problem.Gradient(new Arms { Samples = 4 }, 10_000, rng).ToArray<double>();
        gradients.ShouldAllBe(g => Math.Abs(g) < Tolerance || Math.Abs(g - (D * (1 - Q) / 4)) < Tolerance);
        ((double)gradients.Count(g => g > Tolerance)).ShouldBe(4000, EstimatorLaws.MaxScore * Math.Sqrt(10_000 * 0.4 * 0.6));
    }

    [Theory]
    [InlineData("three-bit-quadratic", 4)]
    [InlineData("six-bit-network", 4)]
    [InlineData("categorical", 3)]
    [InlineData("categorical-network", 4)]
    public void Estimate_SameNumberOfSamples_HasLessVarianceThanLeaveOneOut(string name, int samples)
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.All().Single(p => p.Name == name);
        GradientEstimator antithetic = problem.Latents == LatentKinds.Bits ? new Arms { Samples = samples } : new Carms { Samples = samples };
        GradientStatistics.Measure(problem, antithetic, 100_000, seed: 1).Variance
            .ShouldBeLessThan(GradientStatistics.Measure(problem, new Reinforce { Samples = samples }, 100_000, seed: 1).Variance);
    }

    [Fact]
    public void Carms_TwoClasses_IsArmsDrawByDraw()
    {
        using var scope = torch.NewDisposeScope();
        var f = ProblemCatalog.ThreeBitQuadratic(torch.CPU).F;
        var logits = torch.tensor([0.4, -0.8, 1.1], [1L, 3]);
        using var rng = new Generator(7);
        var noise = Noise.Gumbel([5, 50, 1, 3], logits, rng);
        var arms = Arms.At(new Bernoulli(logits), noise);
        var carms = Carms.At(new OneHotCategorical(torch.stack([logits, torch.zeros_like(logits)], -1)), noise.unsqueeze(-1));
        carms.Points.select(-1, 0).ToArray<double>().ShouldBe(arms.Points.ToArray<double>());
        var values = f(arms.Points.flatten(0, 1));
        var expected = arms.Gradient(values.reshape([5, 50, 1, 1])).ToArray<double>();
        var gradient = carms.Gradient(values.reshape([5, 50, 1, 1, 1]));
        gradient.select(-1, 0).ToArray<double>().ShouldBe(expected, Tolerance);
        gradient.select(-1, 1).ToArray<double>().ShouldBe(expected.Select(g => -g), Tolerance);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Carms_TwoSamples_HaveTheirMarginalsAndMeetAsOftenAsTheRatiosSay(int n)
    {
        using var scope = torch.NewDisposeScope();
        double[] p = [0.05, 0.1, 0.25, 0.6];
        var law = new OneHotCategorical(torch.tensor(p, [1L, 4]).log());
        using var rng = new Generator(8);
        var b = Carms.At(law, Noise.Gumbel([n, Draws, 1, 3], law.Logits, rng)).Points.reshape([n, Draws, 4]);
        var ratios = Carms.RatiosOf(torch.tensor(p, [1L, 4]), n).ToArray<double>();
        var table = (b[0].t().MatMul(b[n - 1]) / Draws).ToArray<double>();
        for (var c = 0; c < 4; c++)
        {
            ShouldBeFrequency(b[0].select(-1, c).mean().Number(), p[c]);
            for (var d = 0; d < 4; d++)
                if (c != d) ShouldBeFrequency(table[(4 * c) + d], p[c] * p[d] / ratios[Math.Min(c, d)]);
        }
    }

    // The table of two samples: its rows must sum to the probabilities, and no ratio may reach 2 however rare a class is.
    [Fact]
    public void Carms_Ratios_BelongToALawWithTheRightMarginals()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(9);
        for (var trial = 0; trial < 200; trial++)
        {
            var (classes, n) = (2 + (trial % 9), 2 + (trial % 4));
            var (p, _) = (3 * torch.randn([classes], torch.float64, generator: rng)).softmax(-1).sort();
            var (probs, ratios) = (p.ToArray<double>(), Carms.RatiosOf(p, n).ToArray<double>());
            ratios.ShouldAllBe(r => r > 0 && r < 2);
            for (var c = 0; c < classes; c++)
            {
                // What is left for two of the same class is a probability, no more than in independent samples.
                var same = probs[c] - Enumerable.Range(0, classes).Where(d => d != c).Sum(d => probs[c] * probs[d] / ratios[Math.Min(c, d)]);
                same.ShouldBeInRange(-Tolerance, (probs[c] * probs[c]) + Tolerance);
            }
        }

        Carms.RatiosOf(torch.tensor([0.0, 0, 0.5, 0.5], [4L]), 4).ToArray<double>().ShouldAllBe(r => r > 0 && r < 2);
    }

    [Fact]
    public void Carms_ClassesPermuted_PermutesTheGradientWhichSumsToZero()
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.All().Single(p => p.Name == "categorical-network");
        long[] order = [2, 0, 3, 1], back = [1, 3, 0, 2];
        Tensor Permute(Tensor t, long[] by) => t.index_select(-1, torch.tensor(by));
        using var rng = new Generator(10);
        var noise = Noise.Gumbel([4, 50, 1, 2, 3], problem.Parameters, rng);
        Tensor Gradient(Tensor logits, Func<Tensor, Tensor> f)
        {
            var drawn = Carms.At(new OneHotCategorical(logits.unsqueeze(0)), noise);
            return drawn.Gradient(f(drawn.Points.flatten(0, 1)).reshape([4, 50, 1, 1, 1]));
        }

        var gradient = Gradient(problem.Parameters, problem.F);
        var permuted = Gradient(Permute(problem.Parameters, order), b => problem.F(Permute(b, back)));
        permuted.ToArray<double>().ShouldBe(Permute(gradient, order).ToArray<double>(), Tolerance);
        gradient.sum(-1).abs().max().Number().ShouldBeLessThan(Tolerance);
    }

    private static void ShouldBeFrequency(double frequency, double probability) =>
        frequency.ShouldBe(probability, (EstimatorLaws.MaxScore * Math.Sqrt(probability * (1 - probability) / Draws)) + Tolerance);
}
