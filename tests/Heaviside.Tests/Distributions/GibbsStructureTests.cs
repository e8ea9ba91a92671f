using Heaviside.Bounds;
using Heaviside.Distributions;
using Heaviside.Structured;
using MathNet.Numerics.Distributions;

namespace Heaviside.Tests.Distributions;

public class GibbsStructureTests
{
    public static TheoryData<string> Structures => ["tree", "3"];

    [Theory]
    [MemberData(nameof(Structures))]
    public void LogProb_AllAssignments_SumsToOneAndGivesEntropyMeanAndMode(string name)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var deviation in new[] { 1.0, 40.0 })
        {
            var (law, all) = Example(name, deviation);
            var logProbs = law.JointLogProb(all);
            foreach (var total in logProbs.exp().sum([0]).ToArray<double>()) total.ShouldBe(1, 1e-11);
            (law.Entropy() + (logProbs.exp() * logProbs).sum([0])).abs().max().Number().ShouldBeLessThan(1e-11);
            (law.Mean - (logProbs.exp().unsqueeze(-1) * all).sum([0])).abs().max().Number().ShouldBeLessThan(1e-11);
            law.LogProb(law.Mode().unsqueeze(0))[0].ToArray<double>().ShouldBe(logProbs.amax(0).ToArray<double>(), 1e-11);
        }
    }

    [Fact]
    public void LogProb_ThreeVerticesOfWeightsOneToThree_IsTheProductOfTheirWeights()
    {
        var law = new GibbsStructure(torch.tensor([1.0, 2, 3], [1, 3]).log(), new SpanningTree());
        law.LogProb(law.Enumerate().unsqueeze(1)).exp().flatten().ToArray<double>().ShouldBe([6.0 / 11, 3.0 / 11, 2.0 / 11], 1e-14); // lowest first: edges 12, 02, 01
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Sample_ManyDraws_PassesChiSquare(string name)
    {
        const int Draws = 50_000;
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        foreach (var deviation in new[] { 0.0, 1.5 })
        {
            var (law, all) = Example(name, deviation);
            var places = torch.tensor(Enumerable.Range(0, 6).Select(i => 1L << i).ToArray());
            var codes = all.select(1, 0).@long().mul(places).sum(-1).ToArray<long>();
            var drawn = law.Sample([Draws], rng).@long().mul(places).sum(-1);
            for (var b = 0; b < 2; b++)
            {
                var counts = drawn.select(1, b).ToArray<long>().CountBy(c => c).ToDictionary();
                var p = law.JointLogProb(all).exp().select(1, b).ToArray<double>();
                var statistic = codes.Zip(p, (c, q) => Math.Pow(counts.GetValueOrDefault(c) - (Draws * q), 2) / (Draws * q)).Sum();
                statistic.ShouldBeLessThan(ChiSquared.InvCDF(codes.Length - 1, 1 - 1e-6)); // fails for a correct sampler once in a million seeds
                counts.Keys.Except(codes).ShouldBeEmpty();
            }
        }
    }

    // Of 45 edges too, where it is not enumerated: each bit as often as its marginal says, and always a tree.
    [Theory]
    [InlineData("tree")]
    [InlineData("9")]
    public void Sample_TenVertices_HasTheMarginalsForItsMean(string name)
    {
        const int Draws = 20_000;
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        foreach (var deviation in new[] { 1.0, 80.0 })
        {
            var law = new GibbsStructure(deviation * torch.randn([2, 45], torch.float64, generator: rng), Of(name));
            var drawn = law.Sample([Draws], rng);
            var p = law.Mean;
            ((drawn.mean([0]) - p).abs() / ((p * (1 - p)).clamp_min(0) / Draws + 1e-12).sqrt()).max().Number().ShouldBeLessThan(5); // 180 comparisons: fails once in 9,000 seeds
            drawn.sum(-1).eq(9).all().item<bool>().ShouldBeTrue();
            var first = drawn.select(1, 0).slice(0, 0, 500).ToArray<double>();
            first.Chunk(45).ShouldAllBe(z => name != "tree" || Heaviside.Tests.Structured.BruteForce.IsTree(z, 10));
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Gradients_OfProbabilityAndEntropy_AreThoseOfDifferences(string name)
    {
        const double Step = 1e-6;
        using var scope = torch.NewDisposeScope();
        var (law, all) = Example(name, 1);
        var x = law.Logits.detach().requires_grad_();
        var gradient = Autograd.Grad([Value(x)], [x])[0].ToArray<double>();
        for (var i = 0; i < gradient.Length; i++)
        {
            var nudge = torch.zeros_like(x).view([-1]).index_fill(0, torch.tensor([(long)i]), Step).view(x.shape);
            gradient[i].ShouldBe((Value(x.detach() + nudge) - Value(x.detach() - nudge)).Number() / (2 * Step), 1e-7);
        }

        Tensor Value(Tensor l)
        {
            var q = new GibbsStructure(l, Of(name));
            return (q.LogProb(all).select(0, 1) * torch.tensor([1, -0.3], torch.float64)).sum() + (2 * q.Entropy()[0]) + q.Entropy()[1];
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Divergence_FromTheUniformPrior_IsThatOfEnumeration(string name)
    {
        var (law, all) = Example(name, 1);
        var logProbs = law.JointLogProb(all);
        var expected = (logProbs.exp() * (logProbs + Math.Log(all.size(0)))).sum([0]).ToArray<double>();
        Prior.Uniform.Divergence(law)!().ToArray<double>().ShouldBe(expected, 1e-12);
        Prior.Uniform.Divergence(new GibbsStructure(torch.zeros([2, 6]), Of(name)))!().ToArray<float>().ShouldAllBe(d => Math.Abs(d) < 1e-6);
    }

    // Single precision of a nearly certain law: the sums that nearly cancel are taken in double.
    [Fact]
    public void Entropy_NearlyCertainInSinglePrecision_HasItsDigits()
    {
        var logits = torch.tensor([80f, 80f, 70f], [1, 3]);
        var law = new GibbsStructure(logits, new SpanningTree());
        var p = Math.Exp(-10) / (1 + (2 * Math.Exp(-10)));
        var expected = -(2 * p * Math.Log(p)) - ((1 - (2 * p)) * Math.Log(1 - (2 * p)));
        ((double)law.Entropy().item<float>()).ShouldBe(expected, 1e-7);
        ((double)law.LogProb(law.Mode()).item<float>()).ShouldBe(Math.Log(1 - (2 * p)), 1e-9);
    }

    // Two vertices have one tree.
    [Fact]
    public void Law_OfOneStructureOrNoDraws_IsCertainOrEmpty()
    {
        using var rng = new Generator(1);
        foreach (var structure in new SummableStructure[] { new SpanningTree(), new TopK() })
        {
            var law = new GibbsStructure(torch.tensor([-3f, 50f], [2, 1]).requires_grad_(), structure);
            law.Sample([5], rng).ToArray<float>().ShouldAllBe(z => z == 1);
            law.Entropy().ToArray<float>().ShouldBe([0, 0]);
            Autograd.Grad([law.Mean.sum() + law.LogProb(torch.ones([2, 1])).sum()], [law.Logits])[0].ToArray<float>().ShouldBe([0, 0]);
            law.Sample([0], rng).shape.ShouldBe([0, 2, 1]);
            law.LogProb(law.Sample([0], rng)).shape.ShouldBe([0, 2]);
            new GibbsStructure(torch.zeros([0, 1]), structure).Sample([3], rng).shape.ShouldBe([3, 0, 1]);
        }
    }

    [Fact]
    public void JointValues_OfManyVertices_HaveALogarithm()
    {
        var law = new GibbsStructure(torch.zeros([1, BitPairs.Count(200)]), new SpanningTree());
        law.JointValues.ShouldBe(double.PositiveInfinity);
        law.LogJointValues.ShouldBe(198 * Math.Log(200), 1e-9);
        Should.Throw<InvalidOperationException>(law.Enumerate).Message.ShouldContain("too many");
    }

    [Fact]
    public void Logits_ThatDoNotFit_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new GibbsStructure(torch.zeros([2, 5]), new SpanningTree())).Message.ShouldContain("expected V (V - 1) / 2 bits");
        Should.Throw<ArgumentException>(() => new GibbsStructure(torch.zeros([3]), new SpanningTree())).Message.ShouldContain("logits: expected shape [?, ?], got [3]");
        Should.Throw<NonFiniteException>(() => new GibbsStructure(torch.full([2, 3], double.NaN), new SpanningTree())).Message.ShouldContain("logits: expected finite numbers");
    }

    private static SummableStructure Of(string name) => name == "tree" ? new SpanningTree() : new TopK { Ones = int.Parse(name) };

    // Two laws of six bits with all assignments, [C, 2, 6].
    private static (GibbsStructure Law, Tensor All) Example(string name, double deviation)
    {
        using var rng = new Generator(3);
        var law = new GibbsStructure(deviation * torch.randn([2, 6], torch.float64, generator: rng), Of(name));
        var values = law.Enumerate();
        return (law, values.unsqueeze(1).expand([values.size(0), 2, 6]));
    }
}
