using Heaviside.Distributions;
using MathNet.Numerics.Distributions;
using Bernoulli = Heaviside.Distributions.Bernoulli;
using Normal = Heaviside.Distributions.Normal;

namespace Heaviside.Tests.Distributions;

/// <summary>Laws that every distribution of the catalogue keeps.</summary>
public class DistributionLawTests
{
    // For one comparison: a correct law fails once in 150,000 seeds.
    private const double MaxScore = 4.5;
    private const int Draws = 200_000;

    public static TheoryData<string> FixedSupport => [.. DistributionCatalog.All.Where(e => !e.SupportMoves && e.HasLogProb).Select(e => e.Name)];

    public static TheoryData<string> All => [.. DistributionCatalog.All.Select(e => e.Name)];

    public static TheoryData<string> WithEntropy => Having<IHasEntropy>();

    public static TheoryData<string> WithMode => Having<IHasMode>();

    public static TheoryData<string> WithRSample => Having<IReparameterized>();

    private static TheoryData<string> Having<T>() => [.. DistributionCatalog.All.Where(e => Example(e.Name) is T).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Sample_AnyShape_HasSampleBatchAndEventShape(string name)
    {
        using var rng = new Generator(1);
        var d = Example(name);
        d.Sample([5, 2], rng).shape.ShouldBe([5, 2, .. d.BatchShape, .. d.EventShape]);
        d.Sample([], rng).shape.ShouldBe([.. d.BatchShape, .. d.EventShape]);
        if (DistributionCatalog.All.Single(e => e.Name == name).HasLogProb) d.LogProb(d.Sample([5, 2], rng)).shape.ShouldBe([5, 2, .. d.BatchShape]);
        else Should.Throw<UnsupportedException>(() => d.LogProb(d.Sample([5, 2], rng))).Message.ShouldContain("no probability in closed form");
        Should.Throw<ArgumentException>(() => d.LogProb(torch.zeros([1, 99], torch.float64))).Message.ShouldContain("expected shape");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sample_SameSeed_IsTheSame(string name)
    {
        using var a = new Generator(9);
        using var b = new Generator(9);
        Example(name).Sample([7], a).ToArray<double>().ShouldBe(Example(name).Sample([7], b).ToArray<double>());
    }

    // E[grad log p] = 0 under p itself: wrong densities and wrong samplers both break it.
    [Theory]
    [MemberData(nameof(FixedSupport))]
    public void LogProb_UnderItsOwnSamples_HasScoreOfMeanZero(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(2);
        var x = Parameters().unsqueeze(0).repeat([Draws / 100, 1, 1]).requires_grad_();
        var d = DistributionCatalog.All.Single(e => e.Name == name).Example(x);
        var score = Autograd.Grad([d.LogProb(d.Sample([100], rng)).sum()], [x])[0];
        var (mean, error) = (score.mean([0]), score.std([0], unbiased: true) / Math.Sqrt(Draws / 100.0));
        (mean.abs() / error).max().Number().ShouldBeLessThan(MaxScore);
    }

    [Theory]
    [MemberData(nameof(WithEntropy))]
    public void Entropy_WhereKnown_IsMinusTheMeanLogProb(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        var d = Example(name);
        var surprise = -d.LogProb(d.Sample([Draws], rng));
        var difference = surprise.mean([0]) - ((IHasEntropy)d).Entropy();
        var error = (surprise.std([0], unbiased: true) / Math.Sqrt(Draws)) + 1e-12;
        (difference.abs() / error).max().Number().ShouldBeLessThan(MaxScore);
    }

    [Theory]
    [MemberData(nameof(WithMode))]
    public void Mode_WhereKnown_IsAtLeastAsProbableAsAnySample(string name)
    {
        using var rng = new Generator(4);
        var d = Example(name);
        var best = d.LogProb(((IHasMode)d).Mode());
        d.LogProb(d.Sample([1000], rng)).le(best + 1e-12).all().item<bool>().ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(WithRSample))]
    public void RSample_WhereThereIsOne_HasTheDerivativeOfFiniteDifferences(string name)
    {
        const double Step = 1e-6;
        var x = Parameters().requires_grad_();
        var gradient = Autograd.Grad([Draw(x)], [x])[0].ToArray<double>();
        for (var i = 0; i < gradient.Length; i++)
        {
            var nudge = torch.zeros_like(x).view([-1]).index_fill(0, torch.tensor([(long)i]), 1.0).view(x.shape) * Step;
            var slope = (Draw(x.detach() + nudge) - Draw(x.detach() - nudge)).Number() / (2 * Step);
            gradient[i].ShouldBe(slope, 1e-6 * (1 + Math.Abs(slope)));
        }

        Tensor Draw(Tensor parameters)
        {
            using var rng = new Generator(6);
            var y = ((IReparameterized)DistributionCatalog.All.Single(e => e.Name == name).Example(parameters)).RSample([3], rng);
            return (y * torch.arange(y.numel(), torch.float64).cos().reshape(y.shape)).sum();
        }
    }

    [Fact]
    public void Sample_Categorical_PassesChiSquare()
    {
        using var rng = new Generator(8);
        var d = new OneHotCategorical(torch.tensor([0.3, -0.5, 0.9], [1, 3]));
        var counts = d.Sample([Draws], rng).sum([0, 1]).ToArray<double>();
        double[] p = [0.3056750625, 0.1373486592, 0.5569762783];
        var statistic = counts.Zip(p, (c, q) => (c - (Draws * q)) * (c - (Draws * q)) / (Draws * q)).Sum();
        statistic.ShouldBeLessThan(ChiSquared.InvCDF(2, 1 - 1e-6)); // fails for a correct sampler once in a million seeds
    }

    [Fact]
    public void Enumerate_TwoCategoricals_ListsEveryJointValueOnceWithTotalProbabilityOne()
    {
        using var rng = new Generator(8);
        var d = new OneHotCategorical(torch.randn([4, 2, 3], torch.float64, generator: rng));
        var values = d.Enumerate();
        values.shape.ShouldBe([9, 2, 3]);
        torch.unique(values, dim: 0).output.size(0).ShouldBe(9);
        var total = d.JointLogProb(values.unsqueeze(1).expand([9, 4, 2, 3])).exp().sum([0]);
        foreach (var t in total.ToArray<double>()) t.ShouldBe(1, 1e-12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    public void Bernoulli_CertainBit_IsExact(double p, double entropy)
    {
        using var rng = new Generator(1);
        var d = Bernoulli.FromProbs(torch.tensor([p]));
        d.Sample([1000], rng).mean().Number().ShouldBe(p);
        d.LogProb(torch.tensor([p])).Number().ShouldBe(0);
        d.LogProb(torch.tensor([1 - p])).exp().Number().ShouldBe(0);
        d.Entropy().Number().ShouldBe(entropy);
    }

    [Fact]
    public void OneHotCategorical_CertainClass_IsExact()
    {
        using var rng = new Generator(1);
        var d = OneHotCategorical.FromProbs(torch.tensor([0.0, 1.0, 0.0], [1, 3]));
        d.Sample([100], rng).sum([0, 1]).ToArray<double>().ShouldBe([0, 100, 0]);
        d.Entropy().Number().ShouldBe(0);
        d.LogProb(torch.tensor([0.0, 1.0, 0.0], [1, 3])).Number().ShouldBe(0);
        d.LogProb(torch.tensor([1.0, 0.0, 0.0], [1, 3])).exp().Number().ShouldBe(0);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Logits_OfImpossibleValues_GiveFiniteValuesAndGradients(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        for (var impossible = 0; impossible < 3; impossible++)
        {
            double[] p = [0.3, 0.3, 0.3];
            p[impossible] = 0;
            p[(impossible + 1) % 3] = 0.7;
            var probs = torch.tensor(p, [1, 3]).to(type).requires_grad_();
            ShouldBeFinite(probs, OneHotCategorical.FromProbs(probs).Entropy());
            ShouldBeFinite(probs, OneHotCategorical.FromProbs(probs).Mean);
            ShouldBeFinite(probs, OneHotCategorical.FromProbs(probs).LogProb(torch.eye(3, dtype: type).unsqueeze(1)));
            OneHotCategorical.FromProbs(probs).Entropy().Number().ShouldBe(-(0.3 * Math.Log(0.3)) - (0.7 * Math.Log(0.7)), 1e-6);
        }

        var bits = torch.tensor([0.0, 0.25, 1.0]).to(type).requires_grad_();
        ShouldBeFinite(bits, Bernoulli.FromProbs(bits).Entropy());
        ShouldBeFinite(bits, Bernoulli.FromProbs(bits).Mean);
        ShouldBeFinite(bits, Bernoulli.FromProbs(bits).LogProb(torch.tensor([0.0, 1.0, 0.5]).to(type)));
    }

    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(-1e30f)]
    public void Entropy_ImpossibleFirstClass_HasTheGradientOfTheOthersAlone(float impossible)
    {
        // dH/dx = -p (log p + H) of the two possible classes with logits 0 and 1.
        var x = torch.tensor([impossible, 0f, 1f], [1, 3]).requires_grad_();
        var gradient = Autograd.Grad([new OneHotCategorical(x).Entropy().sum()], [x])[0].ToArray<float>();
        gradient[0].ShouldBe(0);
        gradient[1].ShouldBe(0.19661193f, 1e-6f);
        gradient[2].ShouldBe(-0.19661193f, 1e-6f);
    }

    [Fact]
    public void LogProb_BetweenTheVertices_IsLinear()
    {
        var l = torch.tensor([2.0]);
        new Bernoulli(l).LogProb(torch.tensor([0.5])).Number().ShouldBe(1 - Math.Log(1 + Math.Exp(2)), 1e-12);
        var d = new OneHotCategorical(torch.tensor([0.3, -0.5, 0.9], [1, 3]));
        var (a, b) = (d.LogProb(torch.tensor([1.0, 0, 0], [1, 3])), d.LogProb(torch.tensor([0.0, 0, 1], [1, 3])));
        var between = d.LogProb(torch.tensor([0.25, 0, 0.75], [1, 3]));
        between.Number().ShouldBe((0.25 * a.Number()) + (0.75 * b.Number()), 1e-12);
    }

    [Fact]
    public void Laws_OfUnequalShapes_AreRefused()
    {
        var (a, b) = (torch.zeros([3, 1], torch.float64), torch.ones([1, 4], torch.float64));
        Should.Throw<ArgumentException>(() => new Normal(a, b)).Message.ShouldContain("deviation: expected shape [3, 1], got [1, 4]");
        Should.Throw<ArgumentException>(() => KullbackLeibler.Divergence(new Bernoulli(a), new Bernoulli(b))).Message.ShouldContain("q: expected");
    }

    [Fact]
    public void Mode_Disposed_LeavesTheLawIntact()
    {
        var law = new Normal(torch.zeros([2], torch.float64), torch.ones([2], torch.float64));
        law.Mode().Dispose();
        law.Entropy().shape.ShouldBe([2]);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    public void Sample_RareBit_ComesAsOftenAsItShould(double p)
    {
        const int Count = 40_000_000;
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(11);
        var ones = Bernoulli.FromProbs(torch.tensor([(float)p])).Sample([Count], rng).sum([0]).@double().Number();
        ones.ShouldBe(Count * p, MaxScore * Math.Sqrt(Count * p));
    }

    [Fact]
    public void GumbelNoise_RareLargeValues_ComeAsOftenAsTheyShould()
    {
        // P(g > x) = 1 - exp(-exp(-x))
        const int Count = 40_000_000;
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(12);
        var g = Noise.Gumbel([Count], torch.zeros([1]), rng);
        foreach (var x in new[] { 8.0, 12.0, 14.0 })
        {
            var expected = Count * (1 - Math.Exp(-Math.Exp(-x)));
            g.gt(x).sum().@double().Number().ShouldBe(expected, MaxScore * Math.Sqrt(expected));
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Relaxations_ExtremeLogitsAndColdTemperatures_StayFinite(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        foreach (var temperature in new[] { 0.01, 0.1, 1, 10 })
        {
            var bits = torch.tensor([-50.0, -1, 0, 1, 50]).to(type).requires_grad_();
            ShouldBeFinite(bits, new RelaxedBernoulli(bits, temperature).RSample([10_000], rng));
            ShouldBeFinite(bits, new RelaxedBernoulli(bits, temperature).LogProb(new RelaxedBernoulli(bits, temperature).Sample([10_000], rng)));
            ShouldBeFinite(bits, new Bernoulli(bits).Entropy());
            var classes = torch.tensor([-50.0, 0, 50, 50, 50, 50], [2, 3]).to(type).requires_grad_();
            ShouldBeFinite(classes, new RelaxedOneHotCategorical(classes, temperature).RSample([10_000], rng));
            ShouldBeFinite(classes, new RelaxedOneHotCategorical(classes, temperature).LogProb(new RelaxedOneHotCategorical(classes, temperature).Sample([10_000], rng)));
            ShouldBeFinite(classes, new OneHotCategorical(classes).Entropy());
        }
    }

    private static void ShouldBeFinite(Tensor parameters, Tensor y)
    {
        y.isfinite().all().item<bool>().ShouldBeTrue();
        Autograd.Grad([y.sum()], [parameters])[0].isfinite().all().item<bool>().ShouldBeTrue();
    }

    private static Tensor Parameters()
    {
        using var rng = new Generator(42);
        return torch.randn([2, 3], torch.float64, generator: rng);
    }

    private static Distribution Example(string name) => DistributionCatalog.All.Single(e => e.Name == name).Example(Parameters());
}
