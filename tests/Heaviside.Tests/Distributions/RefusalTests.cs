using Heaviside.Distributions;
using Heaviside.Structured;

namespace Heaviside.Tests.Distributions;

/// <summary>What no law takes for its parameters, and no sampler for what it draws from: NaN, numbers out of range, other types.</summary>
public class RefusalTests
{
    public static TheoryData<string, ScalarType> Laws()
    {
        var data = new TheoryData<string, ScalarType>();
        foreach (var entry in DistributionCatalog.All)
            foreach (var type in new[] { torch.float32, torch.float64 }) data.Add(entry.Name, type);
        return data;
    }

    // Each place, so that none of the loops over several numbers at a time, nor what is left over, misses one.
    [Theory]
    [MemberData(nameof(Laws))]
    public void Law_OfNaN_IsRefusedByName(string name, ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var entry = DistributionCatalog.All.Single(e => e.Name == name);
        var width = name is "gibbs-bits" or "gibbs-structure" or "perturbed-structure" ? 3 : 11;
        for (var i = 0; i < 2 * width; i++)
        {
            var x = torch.zeros([2, width], type);
            x[i / width, i % width] = double.NaN;
            Should.Throw<NonFiniteException>(() => entry.Example(x)).Message.ShouldContain($"got NaN at [{i / width}, {i % width}] of [2, {width}]");
        }

        Should.Throw<NonFiniteException>(() => new Bernoulli(torch.full([], double.NaN, type))).Message.ShouldBe("logits: expected numbers, got NaN at [] of []");
        Should.Throw<NonFiniteException>(() => new Bernoulli(torch.tensor([0, double.NaN], [2, 1]).to(type).expand(2, 3).t())).Message.ShouldContain("at [0, 1] of [3, 2]");
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void OneHotCategorical_OfLogitsWithoutASoftmax_IsRefused(ScalarType type)
    {
        const double Infinity = double.PositiveInfinity;
        Func<Tensor, Distribution>[] laws = [x => new OneHotCategorical(x), x => new RelaxedOneHotCategorical(x, 0.5)];
        foreach (var law in laws)
        {
            Should.Throw<NonFiniteException>(() => law(Logits(0, Infinity, 0, 0, 0, 0))).Message.ShouldBe("logits: expected numbers less than infinity, got Infinity at [0, 1] of [2, 3]");
            Should.Throw<NonFiniteException>(() => law(Logits(0, 0, 0, -Infinity, -Infinity, -Infinity))).Message.ShouldBe("logits: expected a finite number for one of the classes, got -Infinity at [1] of [2]");
            law(Logits(-Infinity, -Infinity, 0, 0, -Infinity, 1e30)).BatchShape.ShouldBe([2]);
        }

        Tensor Logits(params double[] logits) => torch.tensor(logits, [2, 3]).to(type);
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(-0.1)]
    [InlineData(1.00001)]
    public void FromProbs_OutOfRange_IsRefusedByName(double p)
    {
        foreach (var type in new[] { torch.float32, torch.float64 })
        {
            Should.Throw<ArgumentException>(() => Bernoulli.FromProbs(torch.tensor([0.5, 0, p]).to(type))).Message.ShouldContain("probs: expected probabilities in [0, 1], got ");
            Should.Throw<ArgumentException>(() => OneHotCategorical.FromProbs(torch.tensor([p, 1 - p]).to(type))).Message.ShouldContain("probs: expected probabilities in [0, 1], got ");
            Should.Throw<ArgumentException>(() => OneHotCategorical.FromProbs(torch.tensor([0.5, 0.4]).to(type))).Message.ShouldContain("probs: expected probabilities that sum to 1");
            Should.Throw<NonFiniteException>(() => Bernoulli.FromProbs(torch.tensor([double.NaN]).to(type))).Message.ShouldStartWith("probs: ");
            Should.Throw<NonFiniteException>(() => OneHotCategorical.FromProbs(torch.tensor([double.NaN, 1]).to(type))).Message.ShouldStartWith("probs: ");
        }
    }

    [Fact]
    public void FromProbs_BeyondTheRangeByRounding_IsCertain()
    {
        using var rng = new Generator(1);
        Bernoulli.FromProbs(torch.tensor([1.0000001f, -1e-8f])).Sample([100], rng).sum(dim: 0).ToArray<float>().ShouldBe([100, 0]);
        OneHotCategorical.FromProbs(torch.full([1, 3], 1f / 3)).Logits.exp().sum().Number().ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Scale_Negative_IsRefusedByName()
    {
        var (x, bad) = (torch.zeros([2]), torch.tensor([1f, -1f]));
        Should.Throw<ArgumentException>(() => new Normal(x, bad)).Message.ShouldContain("deviation: expected numbers of 0 or more, got -1 at [1]");
        Should.Throw<ArgumentException>(() => new Logistic(x, bad)).Message.ShouldContain("scale: expected");
        Should.Throw<ArgumentException>(() => new Gumbel(x, bad)).Message.ShouldContain("scale: expected");
        Should.Throw<ArgumentException>(() => new Heaviside.Distributions.Uniform(x, bad)).Message.ShouldContain("high - low: expected");
        Should.Throw<NonFiniteException>(() => new Normal(x, torch.full([2], double.NaN))).Message.ShouldStartWith("deviation: ");
        Should.Throw<NonFiniteException>(() => new Heaviside.Distributions.Uniform(x, torch.full([2], double.NaN))).Message.ShouldStartWith("high: ");
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    public void Law_OfAnotherType_IsRefusedByName(ScalarType type)
    {
        var (x, one) = (torch.zeros([2, 3]).to(type), torch.ones([2, 3]).to(type));
        Action[] laws =
        [
            () => new Bernoulli(x), () => new OneHotCategorical(x), () => new RelaxedBernoulli(x, 0.5), () => new RelaxedOneHotCategorical(x, 0.5), () => new Normal(x, one),
            () => new Logistic(x, one), () => new Gumbel(x, one), () => new Heaviside.Distributions.Uniform(x, one), () => new GibbsBits(x, null, new IndependentBits()),
            () => Bernoulli.FromProbs(x), () => OneHotCategorical.FromProbs(x), () => new PowerFunction(2).Draw(x, [1], new Generator(1)),
        ];
        foreach (var law in laws) Should.Throw<ArgumentException>(law).Message.ShouldContain($": expected Float32 or Float64 numbers, got {type}");
    }

    [Fact]
    public void Samplers_OfNaN_RefuseIt()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var bad = torch.tensor([0, float.NaN, 0], [1, 3]);
        foreach (var smoothing in new Smoothing[] { new SpikeAndExponential(2), new OverlappingExponential(2), new PowerFunction(2) })
            Should.Throw<NonFiniteException>(() => smoothing.Draw(bad, [2], rng)).Message.ShouldContain("logits");
        IPerturbAndMap[] laws = [new Bernoulli(torch.zeros([1, 3])), new OneHotCategorical(torch.zeros([1, 3]))];
        foreach (var law in laws) Should.Throw<NonFiniteException>(() => law.Maximize(bad)).Message.ShouldStartWith("shift: ");
        Should.Throw<NonFiniteException>(() => new GibbsBits(torch.zeros([1, 3]), null, new IndependentBits()).Maximize(bad)).Message.ShouldContain("finite");
        Should.Throw<NonFiniteException>(() => new GibbsBits(torch.zeros([1, 3]), bad, new ExhaustiveSearch())).Message.ShouldStartWith("pairwise: ");
    }
}
