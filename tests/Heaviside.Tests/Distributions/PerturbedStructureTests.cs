using Heaviside.Distributions;
using Heaviside.Structured;
using MathNet.Numerics.Distributions;

namespace Heaviside.Tests.Distributions;

public class PerturbedStructureTests
{
    private const int Draws = 100_000;

    // Not 6/11, 3/11 and 2/11 of the Gibbs law.
    [Theory]
    [InlineData("tree")]
    [InlineData("2")]
    public void Sample_ThreeEdgesOfWeightsOneToThree_HasKruskalsLaw(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var law = new PerturbedStructure(torch.tensor([1.0, 2, 3], [1, 3]).log(), Of(name));
        var drawn = law.Sample([Draws], rng).select(1, 0);
        // The edge that is left out: 01, 02 and 12.
        var counts = (1 - drawn).sum(dim: 0).ToArray<double>();
        double[] p = [0.583333333333, 0.266666666667, 0.15];
        var statistic = counts.Zip(p, (c, q) => Math.Pow(c - (Draws * q), 2) / (Draws * q)).Sum();
        statistic.ShouldBeLessThan(ChiSquared.InvCDF(2, 1 - 1e-6)); // fails for a correct sampler once in a million seeds
    }

    [Fact]
    public void Sample_AnyShape_IsTheBestOfPerturbedLogits()
    {
        using var rng = new Generator(2);
        var logits = torch.randn([2, 6], torch.float64, generator: rng);
        var law = new PerturbedStructure(logits, Of("tree"));
        var noise = law.Noise([3], rng);
        var best = law.Threshold(law.Perturb(noise));
        for (var p = 0; p < 3; p++) best[p].ToArray<double>().ShouldBe(new SpanningTree().Maximize(logits + noise[p]).ToArray<double>());
        law.Maximize(noise).ToArray<double>().ShouldBe(best.ToArray<double>());
        law.Score(best).ToArray<double>().ShouldBe((best * logits).sum(-1).ToArray<double>(), 1e-12);
        law.Sample([2, 3], rng).shape.ShouldBe([2, 3, 2, 6]);
        law.Enumerate().shape.ShouldBe([16, 6]);
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("3")]
    public void Soften_ColdAndWarm_GoesFromTheStructureToEqualMarginals(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        var law = new PerturbedStructure(torch.randn([2, 6], torch.float64, generator: rng), Of(name));
        var z = law.Perturb(law.Noise([50], rng));
        (law.Soften(z, 1e-5) - law.Threshold(z)).abs().max().Number().ShouldBeLessThan(1e-6);
        (law.Soften(z, 1e5) - 0.5).abs().max().Number().ShouldBeLessThan(1e-3); // 2 of V = 4, 3 of 6
        (law.Soften(z).sum(-1) - 3).abs().max().Number().ShouldBeLessThan(1e-12);
        law.Soften(z, 0.7).ToArray<double>().ShouldBe(Of(name).Marginals(z / 0.7).ToArray<double>());
    }

    // What the published code does: a limit on how far apart they count.
    [Fact]
    public void Range_OfFifteen_LiftsWhatIsFartherBelow()
    {
        var z = torch.tensor([10.0, 20, -30], [1, 3]);
        var limited = new PerturbedStructure(torch.zeros([1, 3], torch.float64), Of("tree")) { Range = 15 };
        limited.Soften(z).ToArray<double>().ShouldBe(Of("tree").Marginals(torch.tensor([10.0, 20, 5], [1, 3])).ToArray<double>());
        Should.Throw<ArgumentOutOfRangeException>(() => new PerturbedStructure(z, Of("tree")) { Range = 0 });
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("3")]
    public void RSample_Logits_HasTheDerivativeOfDifferences(string name)
    {
        const double Step = 1e-6;
        var logits = torch.tensor([0.2, -0.5, 1, 0.3, -1.2, 0.7], [1, 6]);
        var x = logits.detach().requires_grad_();
        var gradient = Autograd.Grad([Value(x)], [x])[0].ToArray<double>();
        for (var i = 0; i < gradient.Length; i++)
        {
            var nudge = torch.zeros_like(logits);
            nudge[0, i] = Step;
            gradient[i].ShouldBe((Value(logits + nudge) - Value(logits - nudge)).Number() / (2 * Step), 1e-7);
        }

        Tensor Value(Tensor l)
        {
            using var rng = new Generator(6);
            var y = new PerturbedStructure(l, Of(name)).Relax(0.5).RSample([3], rng);
            return (y * torch.arange(y.numel(), torch.float64).cos().reshape(y.shape)).sum();
        }
    }

    [Fact]
    public void Law_WithoutAProbabilityOrARelaxation_SaysSo()
    {
        using var rng = new Generator(1);
        var law = new PerturbedStructure(torch.zeros([2, 9]), new Permutation());
        law.Sample([4], rng).sum(-1).ToArray<float>().ShouldAllBe(ones => ones == 3);
        Should.Throw<UnsupportedException>(() => law.LogProb(torch.zeros([2, 9]))).Message.ShouldContain("GibbsStructure has one");
        Should.Throw<UnsupportedException>(() => law.Relax(1)).Message.ShouldContain("which Permutation is not");
    }

    [Fact]
    public void Logits_ThatDoNotFit_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new PerturbedStructure(torch.zeros([2, 5]), Of("tree"))).Message.ShouldContain("expected V (V - 1) / 2 bits");
        Should.Throw<ArgumentException>(() => new PerturbedStructure(torch.zeros([2, 2]), Of("3"))).Message.ShouldContain("expected at least 3 bits");
        Should.Throw<NonFiniteException>(() => new PerturbedStructure(torch.full([2, 3], double.NaN), Of("tree"))).Message.ShouldContain("logits: expected finite numbers");
    }

    private static SummableStructure Of(string name) => name == "tree" ? new SpanningTree() : new TopK { Ones = int.Parse(name) };
}
