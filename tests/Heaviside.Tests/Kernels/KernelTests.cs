using Heaviside.Kernels;

namespace Heaviside.Tests.Kernels;

/// <summary>Each loop against torch's operators in double precision: value, gradient and second derivative.</summary>
public class KernelTests
{
    // Sums of up to a hundred single-precision terms of size 10.
    private const double Tolerance = 2e-4;

    public static TheoryData<int, int> Shapes => new() { { 1, 2 }, { 3, 3 }, { 5, 10 }, { 2, 8 }, { 4, 17 }, { 7, 100 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Softmax_AnyShape_IsTorchs(int rows, int classes) =>
        ShouldAgree(x => Softmax.Of(x, 0.7), x => (x / 0.7).softmax(-1), Logits(rows, classes, scale: 3));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void CategoricalEntropy_AnyShape_IsTorchs(int rows, int classes) =>
        ShouldAgree(CategoricalEntropy.Of, x => -(x.softmax(-1) * x.log_softmax(-1)).sum(-1), Logits(rows, classes, scale: 3));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BernoulliLogLikelihood_AnyShape_IsTorchs(int rows, int pixels)
    {
        using var rng = new Generator(7);
        var x = torch.rand([rows, pixels], generator: rng);
        ShouldAgree(
            l => BernoulliLogLikelihood.Of(x, l),
            l => -(l.clamp_min(0) - (x.@double() * l) + torch.log1p((-l.abs()).exp())).sum(-1),
            Logits(rows, pixels, scale: 5).unsqueeze(0).repeat([2, 1, 1]));
    }

    // More pixels than one product of 1 + e^-|l| takes, the largest such products, and the path without derivatives.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BernoulliLogLikelihood_ManyPixels_IsTorchsWithAndWithoutDerivatives(double scale)
    {
        using var rng = new Generator(7);
        var (x, l) = (torch.rand([2, 1203], generator: rng), scale * torch.randn([3, 2, 1203], generator: rng));
        var expected = ((x.@double() * l.@double()) - l.@double().softplus()).sum(-1);
        foreach (var logits in new[] { l, l.clone().requires_grad_() })
            (BernoulliLogLikelihood.Of(x, logits).@double() - expected).abs().max().Number().ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void BernoulliLogLikelihood_FewerTargetsThanPoints_ReusesThem()
    {
        using var rng = new Generator(7);
        var (x, l) = (torch.rand([3, 5], generator: rng), torch.randn([4, 3, 5], generator: rng));
        var together = BernoulliLogLikelihood.Of(x, l);
        for (var p = 0; p < 4; p++) BernoulliLogLikelihood.Of(x, l[p..(p + 1)])[0].ToArray<float>().ShouldBe(together[p].ToArray<float>());
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    [InlineData(5000)]
    public void Softmax_ExtremeLogits_IsFiniteInValueAndGradient(float extreme)
    {
        var x = torch.tensor([extreme, 0f, -extreme, extreme], [2, 2]).requires_grad_();
        var y = Softmax.Of(x, 0.01) + CategoricalEntropy.Of(x).unsqueeze(-1);
        y.sum().backward();
        y.isfinite().all().item<bool>().ShouldBeTrue();
        x.grad!.isfinite().all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void GumbelNoise_ManyDraws_HasTheMomentsOfTheLaw()
    {
        // Mean 0.5772 (Euler), variance pi^2 / 6, skewness 1.1395; bounds are 4.5 standard errors.
        const int Count = 4_000_003;
        using var rng = new Generator(5);
        var g = GumbelNoise.Draw([Count], rng).@double();
        var variance = Math.PI * Math.PI / 6;
        g.mean().Number().ShouldBe(0.5772156649, 4.5 * Math.Sqrt(variance / Count));
        g.var().Number().ShouldBe(variance, 4.5 * variance * Math.Sqrt(4.4 / Count));
        ((g - g.mean()) / g.std()).pow(3).mean().Number().ShouldBe(1.1395470994, 0.03);
        g.isfinite().all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void LogisticNoise_ManyDraws_HasTheMomentsAndTailsOfTheLaw()
    {
        // Mean 0, variance pi^2 / 3, fourth moment 7 pi^4 / 15, P(|x| > 10) = 2 / (1 + e^10); bounds are 4.5 standard errors.
        const int Count = 4_000_003;
        using var rng = new Generator(5);
        var e = LogisticNoise.Draw([Count], rng).@double();
        var (variance, fourth, tail) = (Math.PI * Math.PI / 3, 7 * Math.Pow(Math.PI, 4) / 15, 2 / (1 + Math.Exp(10)));
        e.mean().Number().ShouldBe(0, 4.5 * Math.Sqrt(variance / Count));
        e.square().mean().Number().ShouldBe(variance, 4.5 * Math.Sqrt((fourth - (variance * variance)) / Count));
        e.abs().gt(10).@double().mean().Number().ShouldBe(tail, 4.5 * Math.Sqrt(tail / Count));
        e.isfinite().all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void GumbelNoise_SameGeneratorState_IsTheSameNoise()
    {
        using var a = new Generator(5);
        using var b = new Generator(5);
        var first = GumbelNoise.Draw([37], a).ToArray<float>();
        first.ShouldBe(GumbelNoise.Draw([37], b).ToArray<float>());
        first.ShouldNotBe(GumbelNoise.Draw([37], a).ToArray<float>());
    }

    private static Tensor Logits(int rows, int columns, double scale)
    {
        using var rng = new Generator(3);
        return torch.randn([rows, columns], generator: rng) * scale;
    }

    internal static void ShouldAgree(Func<Tensor, Tensor> fast, Func<Tensor, Tensor> exact, Tensor x)
    {
        var single = Derivatives(fast, x.detach().requires_grad_());
        var reference = Derivatives(exact, x.detach().@double().requires_grad_());
        foreach (var (actual, expected) in single.Zip(reference))
            (actual.@double() - expected).abs().max().Number().ShouldBeLessThan(Tolerance);
    }

    /// <summary>Value, gradient of a weighted sum, and a second derivative of it.</summary>
    private static Tensor[] Derivatives(Func<Tensor, Tensor> f, Tensor x)
    {
        var y = f(x);
        var weights = torch.arange(y.numel(), y.dtype).cos().reshape(y.shape);
        var first = Autograd.Grad([(y * weights).sum()], [x], retainGraph: true)[0];
        var graph = Autograd.Grad([(y * weights).sum()], [x], createGraph: true)[0];
        var second = Autograd.Grad([(graph * graph).sum()], [x])[0];
        return [y, first, graph, second];
    }
}
