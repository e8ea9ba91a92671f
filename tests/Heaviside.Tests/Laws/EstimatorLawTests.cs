using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Laws;

public class EstimatorLawTests
{
    private static readonly Bias[] Conditional =
        [Bias.NoneIfMultilinear, Bias.NoneIfQuadratic, Bias.NoneIfOneLayer, Bias.NoneUpToScaleIfNotShared, Bias.VanishesWithTemperatureIfQuadratic];

    public static TheoryData<string, string, ScalarType> Claims()
    {
        var data = new TheoryData<string, string, ScalarType>();
        foreach (var entry in EstimatorCatalog.All)
            foreach (var problem in EstimatorLaws.ProblemsFor(entry))
                foreach (var type in new[] { ScalarType.Float64, ScalarType.Float32 })
                    data.Add(entry.Name, problem.Name, type);
        return data;
    }

    // In single precision the loops of src/Heaviside/Kernels compute what torch does in double.
    [Theory]
    [MemberData(nameof(Claims))]
    public void Check_CatalogEstimator_KeepsItsClaim(string estimator, string problem, ScalarType type)
    {
        var draws = type == ScalarType.Float64 ? 200_000 : 50_000;
        var result = EstimatorLaws.Check(EstimatorCatalog.All.Find(estimator), Problem(problem).In(type), draws);
        result.Passed.ShouldBeTrue($"{result}");
    }

    public static TheoryData<string> WithACondition() => [.. EstimatorCatalog.All.Where(e => Conditional.Contains(Claim(e))).Select(e => e.Name)];

    // A condition that is not needed is no condition: where it does not hold, neither does the claim.
    [Theory]
    [MemberData(nameof(WithACondition))]
    public void Claim_ConditionThatDoesNotHold_Fails(string estimator)
    {
        var entry = EstimatorCatalog.All.Find(estimator);
        ProblemCatalog.All().Where(p => entry.Latents.HasFlag(p.Latents) && !EstimatorLaws.SaysSomething(Claim(entry), p))
            .Any(p => !EstimatorLaws.Claim(entry, p).Passed).ShouldBeTrue();
    }

    public static TheoryData<string> ClaimingNothing() => [.. EstimatorCatalog.All.Where(ClaimsNothing).Select(e => e.Name)];

    [Fact]
    public void ProblemsFor_EveryEstimatorWithAClaim_IsTestedSomewhere() =>
        EstimatorCatalog.All.ShouldAllBe(e => EstimatorLaws.ProblemsFor(e).Any() != ClaimsNothing(e));

    // To claim nothing is a claim too: such an estimator is biased even where f is linear in each factor.
    [Theory]
    [MemberData(nameof(ClaimingNothing))]
    public void Unbiased_EstimatorThatClaimsNothing_FailsOnAMultilinearObjective(string name)
    {
        var entry = EstimatorCatalog.All.Find(name);
        ProblemCatalog.All().Where(p => p.Degree <= 1 && entry.Latents.HasFlag(p.Latents)).Any(problem =>
        {
            using var estimator = problem.Create(entry);
            return !EstimatorLaws.Unbiased(name, estimator, problem, draws: 200_000, seed: 1).Passed;
        }).ShouldBeTrue();
    }

    public static TheoryData<string> ForCategories() => [.. EstimatorCatalog.All.Where(e => e.Latents.HasFlag(LatentKinds.Categories)).Select(e => e.Name)];

    // The classes have no order: with logits and objective permuted, the mean of every estimator, biased or not, is permuted.
    [Theory]
    [MemberData(nameof(ForCategories))]
    public void Mean_PermutedClasses_IsPermuted(string name)
    {
        using var scope = torch.NewDisposeScope();
        const int draws = 20_000;
        var entry = EstimatorCatalog.All.Find(name);
        var problem = Problem("categorical-network");
        var order = torch.tensor([2L, 0, 3, 1]);
        var inverse = order.argsort();
        var permuted = problem with { Parameters = problem.Parameters.index_select(-1, order), F = b => problem.F(b.index_select(-1, inverse)) };
        using var a = EstimatorLaws.Create(entry, problem);
        using var b = EstimatorLaws.Create(entry, permuted);
        var expected = GradientStatistics.Measure(problem, a, draws, seed: 1);
        var actual = GradientStatistics.Measure(permuted, b, draws, seed: 2);
        for (var i = 0; i < 8; i++)
        {
            var from = (i / 4 * 4) + (int)order[i % 4].Number();
            var error = Math.Sqrt((expected.StandardError[from] * expected.StandardError[from]) + (actual.StandardError[i] * actual.StandardError[i]));
            actual.Mean[i].ShouldBe(expected.Mean[from], (EstimatorLaws.MaxScore * error) + 1e-12);
        }
    }

    // A law that passes a wrong estimator is no law: these doubles each have one defect.
    [Theory]
    [InlineData("sign")]
    [InlineData("missing baseline term")]
    [InlineData("leaked gradient")]
    public void Unbiased_BrokenEstimator_Fails(string defect)
    {
        var broken = new BrokenEstimator(defect) { Samples = 2 };
        EstimatorLaws.ProblemsFor(Bias.None)
            .Any(p => !EstimatorLaws.Unbiased(defect, broken, p, draws: 200_000, seed: 1).Passed)
            .ShouldBeTrue();
    }

    [Fact]
    public void Unbiased_TheSameWithoutADefect_PassesOnEveryProblem() => FailsOn(new BrokenEstimator("none") { Samples = 2 }).ShouldBeEmpty();

    [Theory]
    [InlineData("none", true)]
    [InlineData("next example", false)]
    public void GradientAtOthers_OfADouble_IsZeroOnlyWithoutTheDefect(string defect, bool separates) =>
        (EstimatorLaws.GradientAtOthers(new BrokenEstimator(defect), Problem("one-bit"), seed: 1) == 0).ShouldBe(separates);

    [Fact]
    public void Unbiased_RebarWithoutItsPathTerm_FailsOnTheFirstProblem()
    {
        using var broken = new PathlessRebar { LearnTemperature = false };
        EstimatorLaws.Unbiased("pathless", broken, Problem("one-bit"), draws: 200_000, seed: 1).Passed.ShouldBeFalse();
        FailsOn(broken).ShouldContain("three-bit-quadratic");
    }

    // With one layer there is nothing to leak: only a chain shows this defect.
    [Fact]
    public void Unbiased_RebarWithLeakedConditionalNoise_FailsOnChainsAlone()
    {
        using var broken = new LeakyRebar { LearnTemperature = false };
        FailsOn(broken).ShouldBe(["two-layer-chain", "shared-chain"]);
    }

    [Fact]
    public void Check_WhereNothingIsClaimed_MeasuresWithoutAVerdict()
    {
        var result = EstimatorLaws.Check(EstimatorCatalog.All.Find("straight-through"), Problem("one-bit"), draws: 20_000);
        result.IsClaimed.ShouldBeFalse();
        result.Passed.ShouldBeTrue();
        result.Score.ShouldBeGreaterThan(EstimatorLaws.MaxScore);
    }

    private static Problem Problem(string name) => ProblemCatalog.All().Single(p => p.Name == name);

    private static string[] FailsOn(GradientEstimator estimator) =>
        [.. EstimatorLaws.ProblemsFor(estimator.Bias).Where(p => !EstimatorLaws.Unbiased("double", estimator, p, draws: 200_000, seed: 1).Passed).Select(p => p.Name)];

    [Fact]
    public void Check_StraightThroughOnQuadratic_HasTheBiasThatTheoryGives()
    {
        // E g_i = p_i (1 - p_i) (2 A_ii p_i + c_i + sum_j (A_ij + A_ji) p_j)
        using var scope = torch.NewDisposeScope();
        var statistics = GradientStatistics.Measure(ProblemCatalog.ThreeBitQuadratic(torch.CPU), new StraightThrough(), 400_000, seed: 3);
        statistics.Score([0.0662507658, 0.2616957545, 0.3305216240]).ShouldBeLessThan(EstimatorLaws.MaxScore);
    }

    [Theory]
    [InlineData(0.1, 0.02849)]
    [InlineData(0.5, 0.04795)]
    [InlineData(1.0, 0.04472)]
    public void Check_GumbelSoftmaxOnOneBit_HasTheMeanOfQuadrature(double temperature, double expected)
    {
        using var scope = torch.NewDisposeScope();
        var statistics = GradientStatistics.Measure(ProblemCatalog.OneBit(torch.CPU, 0.45, 1), new GumbelSoftmax { Temperature = temperature }, 1_000_000, seed: 3);
        statistics.Mean[0].ShouldBe(expected, (EstimatorLaws.MaxScore * statistics.StandardError[0]) + 5e-6);
    }

    [Fact]
    public void Measure_ReinforceOnOneBit_HasTheVarianceOfTheFormula()
    {
        using var scope = torch.NewDisposeScope();
        var statistics = GradientStatistics.Measure(ProblemCatalog.OneBit(torch.CPU, 0.45, 1), new Reinforce(), 1_000_000, seed: 3);
        statistics.Variance.ShouldBe(0.01034604875, 0.01034604875 * 0.01);
    }

    private static bool ClaimsNothing(EstimatorEntry entry) => Claim(entry) == Bias.Unbounded;

    private static Bias Claim(EstimatorEntry entry)
    {
        using var estimator = entry.Example();
        return estimator.Bias;
    }
}
