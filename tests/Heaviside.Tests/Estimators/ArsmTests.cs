using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Estimators;

public class ArsmTests
{
    private const double Tolerance = 1e-12;

    private static readonly Func<Tensor, Tensor> F = ProblemCatalog.All().Single(p => p.Name == "categorical-network").F;

    // The definition, swap by swap: g_c = sum_m [f(b^cm) - mean_k f(b^km)] (1/K - pi_m).
    [Fact]
    public void Estimate_TwoVariablesOfFourClasses_IsTheDefinition()
    {
        using var scope = torch.NewDisposeScope();
        const int N = 2, K = 4;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (logits, noise) = Draw(N, K, seed);
            var (phi, g) = (logits.ToArray<double>(), noise.ToArray<double>());
            var pi = g.Chunk(K).Select(row => row.Select(x => Math.Exp(-x) / row.Sum(y => Math.Exp(-y))).ToArray()).ToArray();
            double Swapped(int c, int m)
            {
                var b = new double[N * K];
                for (var n = 0; n < N; n++)
                {
                    var p = pi[n].ToArray();
                    (p[c], p[m]) = (p[m], p[c]);
                    b[(n * K) + Enumerable.Range(0, K).MinBy(k => p[k] * Math.Exp(-phi[(n * K) + k]))] = 1;
                }

                return F(torch.tensor(b, [1, 1, N, K])).Number();
            }

            var expected =
                from n in Enumerable.Range(0, N)
                from c in Enumerable.Range(0, K)
                select Enumerable.Range(0, K).Sum(m => (Swapped(c, m) - Enumerable.Range(0, K).Average(k => Swapped(k, m))) * ((1.0 / K) - pi[n][m]));
            Gradient(logits, noise, F).ToArray<double>().ShouldBe(expected, Tolerance);
        }
    }

    [Fact]
    public void Estimate_TwoClasses_IsArmOfTheDifferenceOfTheLogits()
    {
        using var scope = torch.NewDisposeScope();
        var f = ProblemCatalog.ThreeBitQuadratic(torch.CPU).F;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (logits, noise) = Draw(3, 2, seed);
            var arsm = Gradient(logits, noise, b => f(b.select(-1, 0)));
            Tensor Difference(Tensor t) => t.select(-1, 0) - t.select(-1, 1);
            var pair = new Arm().At(new Bernoulli(Difference(logits)), Difference(noise));
            var arm = pair.Gradient(f(pair.Points.flatten(0, 1)).reshape([2, 1, 1, 1])).ToArray<double>();
            arsm.select(-1, 0).ToArray<double>().ShouldBe(arm, Tolerance);
            arsm.select(-1, 1).ToArray<double>().ShouldBe(arm.Select(g => -g), Tolerance);
        }
    }

    [Fact]
    public void Estimate_EveryDraw_SumsToZeroOverTheClasses()
    {
        using var scope = torch.NewDisposeScope();
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (logits, noise) = Draw(2, 4, seed);
            var gradient = Gradient(logits, noise, F);
            gradient.sum(-1).abs().max().Number().ShouldBeLessThan(Tolerance);
            gradient.abs().max().Number().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Estimate_ClassesPermuted_PermutesTheGradient()
    {
        using var scope = torch.NewDisposeScope();
        var (logits, noise) = Draw(2, 4, seed: 3);
        long[] order = [2, 0, 3, 1], back = [1, 3, 0, 2];
        Tensor Permute(Tensor t, long[] by) => t.index_select(-1, torch.tensor(by));
        var permuted = Gradient(Permute(logits, order), Permute(noise, order), b => F(Permute(b, back)));
        permuted.ToArray<double>().ShouldBe(Permute(Gradient(logits, noise, F), order).ToArray<double>(), Tolerance);
    }

    [Fact]
    public void Estimate_ThreeClasses_HasTheGradientOfTheFormula()
    {
        using var scope = torch.NewDisposeScope();
        var statistics = GradientStatistics.Measure(ProblemCatalog.Categorical(torch.CPU), new Arsm(), 400_000, seed: 2);
        statistics.Score([0.1735251572, -0.1555228415, -0.0180023157]).ShouldBeLessThan(EstimatorLaws.MaxScore);
    }

    // Swaps that change nothing are not evaluated: the points of one variable of K classes are about K, not K^2 / 2.
    [Fact]
    public void Estimate_ManyClasses_EvaluatesFewPointsAndIsTheDefinition()
    {
        using var scope = torch.NewDisposeScope();
        const int K = 400;
        using var rng = new Generator(3);
        var logits = torch.randn([2, 1, K], torch.float64, generator: rng).requires_grad_();
        var values = torch.randn([K], torch.float64, generator: rng);
        var noise = Noise.Gumbel([1, 2, 1, K], logits, rng);
        var drawn = Arsm.At(new OneHotCategorical(logits), noise);
        drawn.Points.numel().ShouldBeLessThan(10 * 2 * K * K);
        drawn.Places!.shape.ShouldBe([(K * (K - 1) / 2) + 1, 1, 2]);

        Tensor F(Tensor b) => b.MatMul(values).squeeze(-1);
        var actual = drawn.GradientAt(drawn.Spread(F(drawn.Points.flatten(0, 1)))).ToArray<double>();
        var (phi, g, v) = (logits.detach().ToArray<double>(), noise.ToArray<double>(), values.ToArray<double>());
        for (var example = 0; example < 2; example++)
        {
            var (f, mean) = (new double[K, K], new double[K]);
            for (var c = 0; c < K; c++)
                for (var m = 0; m < K; m++)
                {
                    var own = g[(example * K)..((example + 1) * K)];
                    (own[c], own[m]) = (own[m], own[c]);
                    f[c, m] = v[Enumerable.Range(0, K).MaxBy(k => phi[(example * K) + k] + own[k])];
                    mean[m] += f[c, m] / K;
                }

            var sum = Enumerable.Range(0, K).Sum(k => Math.Exp(-g[(example * K) + k]));
            for (var c = 0; c < K; c++)
            {
                var expected = Enumerable.Range(0, K).Sum(m => (f[c, m] - mean[m]) * ((1.0 / K) - (Math.Exp(-g[(example * K) + m]) / sum)));
                actual[(example * K) + c].ShouldBe(expected, 1e-9);
            }
        }
    }

    [Fact]
    public void Estimate_TwoThousandClasses_FitsInMemory()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        var logits = torch.randn([1, 1, 2000], generator: rng).requires_grad_();
        var seen = 0L;
        var estimate = new Arsm().Estimate(new OneHotCategorical(logits), Objective.BlackBox(b => b.MatMul(logits.detach().flatten()).squeeze(-1) + (0 * (seen += b.size(0)))), rng);
        estimate.Value.shape.ShouldBe([(2000 * 1999 / 2) + 1, 1]);
        seen.ShouldBeLessThan(20_000);
        Autograd.Grad([estimate.Surrogate.sum()], [logits])[0].isfinite().all().item<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(100, 2_000)]
    public void Estimate_TooManyClasses_IsRefusedBeforeAnythingIsMade(int batch, int classes)
    {
        using var rng = new Generator(3);
        using var logits = torch.zeros([batch, 1, classes]);
        var f = Objective.BlackBox(_ => throw new InvalidOperationException("f was evaluated"));
        Should.Throw<UnsupportedException>(() => new Arsm().Estimate(new OneHotCategorical(logits), f, rng)).Message
            .ShouldSatisfyAllConditions(m => m.ShouldStartWith("the estimator arsm is for few classes"), m => m.ShouldContain("carms"), m => m.ShouldNotContain("\n"));
    }

    private static (Tensor Logits, Tensor Noise) Draw(int variables, int classes, ulong seed)
    {
        using var rng = new Generator(seed);
        var logits = torch.randn([1, variables, classes], torch.float64, generator: rng);
        return (logits, Noise.Gumbel([1, 1, variables, classes], logits, rng));
    }

    private static Tensor Gradient(Tensor logits, Tensor noise, Func<Tensor, Tensor> f)
    {
        var drawn = Arsm.At(new OneHotCategorical(logits), noise);
        return drawn.GradientAt(drawn.Spread(f(drawn.Points.flatten(0, 1))));
    }
}
