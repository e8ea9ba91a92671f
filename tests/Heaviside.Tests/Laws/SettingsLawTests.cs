using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Regularizers;

namespace Heaviside.Tests.Laws;

/// <summary>The claims of estimators with other settings than the default ones.</summary>
public class SettingsLawTests
{
    private static readonly string[] Problems = ["shared-bits", "shared-categories", "shared-chain"];

    private static readonly (string Estimator, string Setting)[] Others =
    [
        .. from name in new[] { "rebar", "rebar-single-coupling", "rebar-released-code" }
           from setting in new[] { "scale=parameter", "scale=none", "relaxation=concrete", "learn-temperature=false", "baseline=batch" }
           select (name, setting),
        ("rebar", "noise=independent"), ("relax", "relaxation=concrete"), ("vimco", "baseline=arithmetic"),
        .. from baseline in new[] { "none", "constant", "running", "batch", "input" } select ("reinforce", $"baseline={baseline}"),
    ];

    public static TheoryData<string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (name, setting) in Others)
            foreach (var problem in Problems.Where(p => EstimatorLaws.ProblemsFor(With(name, setting)).Any(q => q.Name == p)))
                data.Add(name, setting, problem);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_OtherSettings_KeepTheClaim(string name, string setting, string problem)
    {
        var result = EstimatorLaws.Check(With(name, setting), Problem(problem), draws: 50_000);
        result.Passed.ShouldBeTrue($"{result}");
    }

    // g of a parameter tensor is of the whole batch: an example alone, or weighted, gets what belongs to others.
    [Theory]
    [InlineData("scale=parameter", false)]
    [InlineData("scale=layer", true)]
    [InlineData("scale=none", true)]
    public void SeparatesExamples_OfRebar_DependsOnItsScale(string setting, bool separates)
    {
        var problem = Problem("shared-bits");
        using var estimator = problem.Create(With("rebar", setting));
        estimator.SeparatesExamples.ShouldBe(separates);
        (EstimatorLaws.GradientAtOthers(estimator, problem, seed: 1) == 0).ShouldBe(separates);
    }

    // Where it has a weight it follows E[f] + weight R, which is 238 standard errors from E[f] on one bit.
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(100, false)]
    public void Bias_OfARegularizedEstimator_IsTheInnerOnesWithoutWeightAlone(double weight, bool unbiased)
    {
        using var estimator = new StabilityRegularized(new Reinforce(), new StabilityRegularizer()) { Weight = weight };
        estimator.Bias.ShouldBe(unbiased ? Bias.None : Bias.Unbounded);
        EstimatorLaws.Unbiased("regularized", estimator, Problem("one-bit"), draws: 50_000, seed: 1).Passed.ShouldBe(unbiased);
    }

    [Theory]
    [InlineData("three-bit-quadratic")]
    [InlineData("categorical-quadratic")]
    public void SeparatesExamples_OfARegularizedEstimator_IsTheInnerOnes(string problem)
    {
        using var estimator = new StabilityRegularized(new Reinforce(), new StabilityRegularizer());
        estimator.SeparatesExamples.ShouldBeTrue();
        EstimatorLaws.GradientAtOthers(estimator, Problem(problem), seed: 1).ShouldBe(0);
    }

    private static Problem Problem(string name) => ProblemCatalog.All().Single(p => p.Name == name);

    private static EstimatorEntry With(string name, string setting)
    {
        var entry = EstimatorCatalog.All.Find(name);
        return entry with { New = () => entry.Read(new([new(setting.Split('=')[0], setting.Split('=')[1])])) };
    }
}
