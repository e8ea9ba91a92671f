using Heaviside.Kernels;
using Heaviside.Structured;

namespace Heaviside.Tests.Structured;

/// <summary>Sums over trees and subsets against enumeration, closed forms and differences.</summary>
public class StructureSumsTests
{
    /// <summary>All graphs of up to 6 vertices, subsets of up to 8 bits.</summary>
    public static TheoryData<string, int> Sizes() => new()
    {
        { "tree", 1 }, { "tree", 3 }, { "tree", 6 }, { "tree", 10 }, { "tree", 15 },
        { "1", 1 }, { "1", 4 }, { "2", 3 }, { "3", 3 }, { "3", 6 }, { "4", 8 }, { "7", 8 },
    };

    [Theory]
    [InlineData("tree", 3.5433357364, 0.5625401778, 0.2519810993, 0.7531764410, 0.6047489112, 0.1539955668, 0.6735578039)]
    [InlineData("3", 3.7067422452, 0.5268497254, 0.3200847316, 0.7457228168, 0.5582438184, 0.1754433921, 0.6736555157)]
    public void Marginals_FourVertices_AreTheKnownOnes(string name, double logZ, params double[] marginals)
    {
        var w = torch.tensor([0.2, -0.5, 1, 0.3, -1.2, 0.7], torch.float64);
        Of(name).LogPartition(w).Number().ShouldBe(logZ, 1e-9);
        Of(name).Marginals(w).ToArray<double>().ShouldBe(marginals, 1e-9);
    }

    [Fact]
    public void Marginals_ThreeVerticesOfWeightsOneToThree_AreElevenths()
    {
        var w = torch.tensor([1.0, 2, 3], torch.float64).log();
        foreach (var structure in new[] { Of("tree"), Of("2") })
        {
            structure.LogPartition(w).Number().ShouldBe(Math.Log(11), 1e-14);
            structure.Marginals(w).ToArray<double>().ShouldBe([5.0 / 11, 8.0 / 11, 9.0 / 11], 1e-14);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public void Marginals_EqualScores_AreTwoOfVForTreesAndKOfN(int vertices)
    {
        var edges = BitPairs.Count(vertices);
        foreach (var score in new[] { 0, 80.0, -1e6 })
        {
            var w = torch.full([edges], score, torch.float64);
            Of("tree").Marginals(w).ToArray<double>().ShouldAllBe(p => Math.Abs(p - (2.0 / vertices)) < 1e-13);
            Of("tree").LogPartition(w).Number().ShouldBe(((vertices - 2) * Math.Log(vertices)) + ((vertices - 1) * score), 1e-12 * (1 + Math.Abs(score) * vertices));
            Of("1").Marginals(w).ToArray<double>().ShouldAllBe(p => Math.Abs(p - (1.0 / edges)) < 1e-13);
        }
    }

    // Scores of a deviation of 1, of 30, where the sums span some 80 nats around 0, and such with ties.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sums_EverySize_AreThoseOfEnumeration(string name, int bits)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (deviation, isRounded) in new[] { (1.0, false), (30.0, false), (2.0, true), (80.0, true) })
        {
            var w = Scores(bits, deviation, isRounded);
            var all = Of(name).Enumerate(bits).to(torch.float64);
            var score = w.MatMul(all.t());
            var p = score.softmax(-1);
            var (marginals, second) = (p.MatMul(all), torch.einsum("bc,ci,cj->bij", p, all, all));
            var covariance = second - (marginals.unsqueeze(-1) * marginals.unsqueeze(-2));

            (Of(name).LogPartition(w) - score.logsumexp(-1)).abs().max().Number().ShouldBeLessThan(1e-12 * (1 + deviation));
            (Of(name).Marginals(w) - marginals).abs().max().Number().ShouldBeLessThan(1e-12);
            var x = w.requires_grad_();
            for (var i = 0; i < bits; i++)
            {
                var row = Autograd.Grad([Of(name).Marginals(x).select(-1, i).sum()], [x])[0];
                (row - covariance.select(-1, i)).abs().max().Number().ShouldBeLessThan(1e-12);
            }
        }
    }

    // With this basis of edges K_ef is symmetric and K_ee the marginals: d mu_e / d w_f = delta_ef mu_e - K_ef^2, the rows of which sum to 0.
    [Fact]
    public void Jacobian_OfTrees_IsThatOfTheTransferCurrentMatrix()
    {
        const int Vertices = 6;
        using var scope = torch.NewDisposeScope();
        var w = Scores(BitPairs.Count(Vertices), 1, isRounded: false)[0];
        var incidence = torch.zeros([BitPairs.Count(Vertices), Vertices], torch.float64);
        for (var e = 0; e < BitPairs.Count(Vertices); e++) (incidence[e, BitPairs.At(e, Vertices).I], incidence[e, BitPairs.At(e, Vertices).J]) = (1, -1);
        var scaled = incidence * (w / 2).exp().unsqueeze(-1);
        var k = scaled.MatMul(torch.linalg.pinv(scaled.t().MatMul(scaled))).MatMul(scaled.t());
        var expected = torch.diag(k.diagonal()) - k.square();

        (Of("tree").Marginals(w) - k.diagonal()).abs().max().Number().ShouldBeLessThan(1e-12);
        Of("tree").Marginals(w).sum().Number().ShouldBe(Vertices - 1, 1e-13);
        var x = w.detach().requires_grad_();
        var jacobian = torch.stack([.. Enumerable.Range(0, BitPairs.Count(Vertices)).Select(e => Autograd.Grad([Of("tree").Marginals(x)[e]], [x])[0])]);
        (jacobian - expected).abs().max().Number().ShouldBeLessThan(1e-12);
        jacobian.sum(-1).abs().max().Number().ShouldBeLessThan(1e-13);
    }

    [Theory]
    [InlineData("tree", 45)]
    [InlineData("9", 45)]
    public void Gradient_OfBothTogether_IsThatOfDifferences(string name, int bits)
    {
        const double Step = 1e-6;
        using var scope = torch.NewDisposeScope();
        var w = Scores(bits, 2, isRounded: false);
        var (v, u) = (Scores(bits, 1, isRounded: true), torch.tensor([0.3, -2, 1], torch.float64));
        var x = w.detach().requires_grad_();
        var gradient = Autograd.Grad([Value(x)], [x])[0];
        for (var i = 0; i < bits; i++)
        {
            var nudge = torch.zeros_like(w);
            nudge[torch.TensorIndex.Colon, i] = Step;
            ((Value(w + nudge) - Value(w - nudge)) / (2 * Step) - gradient.select(-1, i).sum()).abs().Number().ShouldBeLessThan(1e-7);
        }

        Tensor Value(Tensor s) => (Of(name).Marginals(s) * v).sum() + (Of(name).LogPartition(s) * u).sum();
    }

    [Theory]
    [InlineData("tree", 45)]
    [InlineData("9", 45)]
    [InlineData("45", 45)]
    public void Sums_ExtremeScores_AreFiniteAndSumToTheNumberOfOnes(string name, int bits)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var type in new[] { torch.float32, torch.float64 })
            foreach (var size in new[] { 50, 80, 1e4, 1e30 })
            {
                var w = (Scores(bits, 1, isRounded: false).sign() * size).to(type).requires_grad_();
                var marginals = Of(name).Marginals(w);
                marginals.isfinite().all().item<bool>().ShouldBeTrue();
                (marginals.sum(-1) - (name == "tree" ? 9 : int.Parse(name))).abs().max().@double().Number().ShouldBeLessThan(type == torch.float64 ? 1e-12 : 1e-5);
                Of(name).LogPartition(w).isfinite().all().item<bool>().ShouldBeTrue();
                var gradient = Autograd.Grad([(marginals * Scores(bits, 1, isRounded: false).to(type)).sum()], [w])[0];
                gradient.abs().le(9).all().item<bool>().ShouldBeTrue();
            }
    }

    [Fact]
    public void Sums_OnSeveralThreads_AreTheSameBits()
    {
        using var scope = torch.NewDisposeScope();
        var w = torch.cat([.. Enumerable.Range(0, 100).Select(i => Scores(45, 2 + i, isRounded: false))]);
        double[] Compute()
        {
            using var rng = new Generator(5);
            var x = w.detach().requires_grad_();
            var marginals = Of("tree").Marginals(x);
            return [.. marginals.ToArray<double>(), .. Autograd.Grad([marginals.square().sum()], [x])[0].ToArray<double>(), .. Of("tree").Sample(w, 3, rng).ToArray<double>()];
        }

        var alone = Compute();
        using var team = Team.Join(3);
        Compute().ShouldBe(alone);
    }

    [Fact]
    public void Marginals_AnyLeadingShapeAndPrecision_AreThoseOfEachExample()
    {
        var w = Scores(6, 1, isRounded: false);
        var all = Of("tree").Marginals(w.reshape([3, 1, 6]).expand([3, 2, 6]));
        all.shape.ShouldBe([3, 2, 6]);
        for (var b = 0; b < 3; b++) all[b, 1].ToArray<double>().ShouldBe(Of("tree").Marginals(w[b]).ToArray<double>());
        Of("tree").LogPartition(w[0]).shape.ShouldBe([]);
        Of("tree").Marginals(torch.zeros([0, 6])).shape.ShouldBe([0, 6]);
        var single = Of("tree").Marginals(w.@float());
        single.dtype.ShouldBe(torch.float32);
        (single - all.select(1, 0)).abs().max().@double().Number().ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Scores_ThatDoNotFit_AreRefused()
    {
        Should.Throw<ArgumentException>(() => Of("tree").Marginals(torch.zeros([2, 5]))).Message.ShouldContain("expected V (V - 1) / 2 bits");
        Should.Throw<ArgumentException>(() => Of("3").LogPartition(torch.zeros([2, 2]))).Message.ShouldContain("expected at least 3 bits");
        Should.Throw<NonFiniteException>(() => Of("tree").Marginals(torch.tensor([0, double.NaN, 0]))).Message.ShouldContain("scores: expected finite numbers, got NaN at [1]");
        Should.Throw<ArgumentException>(() => Of("tree").Sample(torch.zeros([3]), 1, null!)).Message.ShouldContain("expected shape");
    }

    // The gradient of log Z has a derivative, the marginals; they themselves have no second one.
    [Fact]
    public void SecondDerivative_OfLogZ_IsThatOfTheMarginals()
    {
        var w = Scores(6, 1, isRounded: false).requires_grad_();
        var first = Autograd.Grad([Of("tree").LogPartition(w).sum()], [w], createGraph: true)[0];
        var second = Autograd.Grad([first.select(-1, 2).sum()], [w])[0];
        second.ToArray<double>().ShouldBe(Autograd.Grad([Of("tree").Marginals(w).select(-1, 2).sum()], [w])[0].ToArray<double>(), 1e-14);
        Should.Throw<NotSupportedException>(() => Autograd.Grad([Of("tree").Marginals(w).square().sum()], [w], createGraph: true)).Message.ShouldContain("no second derivative");
    }

    private static SummableStructure Of(string name) => name == "tree" ? new SpanningTree() : new TopK { Ones = int.Parse(name) };

    private static Tensor Scores(int bits, double deviation, bool isRounded)
    {
        using var rng = new Generator((ulong)bits);
        var scores = deviation * torch.randn([3, bits], torch.float64, generator: rng);
        return isRounded ? (scores / deviation).round() * deviation : scores;
    }
}
