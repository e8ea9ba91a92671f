using Heaviside.Laboratory;
using Heaviside.Laws;

namespace Heaviside.Tests.Laws;

/// <summary>The problems' exact values and gradients against figures computed elsewhere by hand or enumeration.</summary>
public class ProblemTests
{
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData(0.499, 0, 5e-4)]
    [InlineData(0.499, 1, 3.93223866e-4)]
    [InlineData(0.45, 0, 0.025)]
    [InlineData(0.45, 1, 0.0196611933)]
    public void ExactGradient_OneBit_IsTheClosedForm(double target, double logit, double expected) =>
        ProblemCatalog.OneBit(torch.CPU, target, logit).ExactGradient()[0].ShouldBe(expected, Tolerance);

    [Fact]
    public void ExactGradient_ThreeBitQuadratic_IsTheClosedForm()
    {
        var problem = ProblemCatalog.ThreeBitQuadratic(torch.CPU);
        problem.ExactValue().ShouldBe(1.1868627440, Tolerance);
        ShouldBe(problem.ExactGradient(), 0.0425399950, 0.2291858478, 0.2648739358);
    }

    [Fact]
    public void ExactGradient_Categorical_IsTheClosedForm()
    {
        var problem = ProblemCatalog.Categorical(torch.CPU);
        problem.ExactValue().ShouldBe(0.4323215124, Tolerance);
        ShouldBe(problem.ExactGradient(), 0.1735251572, -0.1555228415, -0.0180023157);
    }

    [Fact]
    public void ExactGradient_MiniVae_IsTheEnumeratedElbo()
    {
        var problem = ProblemCatalog.MiniVae(torch.CPU);
        problem.ExactValue().ShouldBe(-1.4086981355, Tolerance);
        ShouldBe(problem.ExactGradient(), -0.1365333554, -0.0017283595);
    }

    [Fact]
    public void ExactGradient_TwoLayerChain_IsTheEnumeratedOne()
    {
        var problem = ProblemCatalog.TwoLayerChain(torch.CPU);
        problem.ExactValue().ShouldBe(1.2716431109, Tolerance);
        ShouldBe(problem.ExactGradient(), 0.3928387315, 0.1205301127, 0.1573382257);
    }

    public static TheoryData<string> All => [.. ProblemCatalog.All().Select(p => p.Name)];

    // Where f depends on the parameters too, both ways to them count; a problem in single precision is the same up to its rounding.
    [Theory]
    [MemberData(nameof(All))]
    public void ExactGradient_EveryProblem_IsTheDerivativeOfTheExactValue(string name)
    {
        const double Step = 1e-5;
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.All().Single(p => p.Name == name);
        var (gradient, single) = (problem.ExactGradient(), problem.In(torch.float32).ExactGradient());
        for (var i = 0; i < gradient.Length; i++)
        {
            var nudge = torch.zeros_like(problem.Parameters).view([-1]).index_fill(0, torch.tensor([(long)i]), Step).view(problem.Parameters.shape);
            double At(Tensor parameters) => (problem with { Parameters = parameters }).ExactValue();
            gradient[i].ShouldBe((At(problem.Parameters + nudge) - At(problem.Parameters - nudge)) / (2 * Step), 1e-6);
            single[i].ShouldBe(gradient[i], 1e-6);
        }
    }

    [Fact]
    public void ToyStudy_ProblemWhoseFDependsOnTheParameters_IsRefused() =>
        Should.Throw<InputException>(() => new ToyStudy(ProblemCatalog.SharedBits(torch.CPU), [], new ToyOptions())).Message.ShouldContain("shared-bits");

    private static void ShouldBe(double[] actual, params double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++) actual[i].ShouldBe(expected[i], Tolerance);
    }
}
