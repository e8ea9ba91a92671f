using Heaviside.Kernels;

namespace Heaviside.Tests.Kernels;

/// <summary>Loops with several differentiable inputs, each against torch's operators in double precision: value, gradients and second derivatives.</summary>
public class RowKernelTests
{
    public static TheoryData<long[], long[]> Repeats => new() { { [3, 2, 11], [3, 2, 11] }, { [3, 2, 11], [2, 11] }, { [2, 11], [3, 2, 11] }, { [5, 1, 8], [8] } };

    [Theory]
    [MemberData(nameof(Repeats))]
    public void BernoulliLogLikelihood_OfValuesToo_IsTorchs(long[] values, long[] logits) => ShouldAgree(
        t => BernoulliLogLikelihood.Of(t[0], t[1]), t => ((t[0] * t[1]) - t[1].softplus()).sum(-1), values, logits);

    [Theory]
    [InlineData(50, 1, 0)]
    [InlineData(-50, 0, 0)]
    [InlineData(float.PositiveInfinity, 1, 0)]
    [InlineData(float.NegativeInfinity, 1, -1e30)]
    public void BernoulliLogLikelihood_CertainBits_IsFinite(float logit, float bit, double expected)
    {
        var (x, l) = (torch.full([1, 9], bit).requires_grad_(), torch.full([1, 9], logit).requires_grad_());
        var value = BernoulliLogLikelihood.Of(x, l);
        value.sum().backward();
        value.Number().ShouldBe(9 * expected, 1e24);
        x.grad!.isfinite().all().item<bool>().ShouldBeTrue();
        l.grad!.abs().max().Number().ShouldBe(0, 1e-20f);
    }

    [Theory]
    [InlineData(new long[] { 3, 2, 11 }, 0.5)]
    [InlineData(new long[] { 2, 11 }, 1.0)]
    [InlineData(new long[] { 1, 2, 11 }, 1.0 / 7)]
    public void RelaxedBits_AnyShape_IsTorchs(long[] shape, double temperature)
    {
        using var rng = new Generator(7);
        var noise = LogisticNoise.Draw(shape, rng);
        ShouldAgree(
            t => RelaxedBits.Of(t[0], noise.to(t[0].dtype), temperature), t => ((t[0] + noise.to(t[0].dtype)) / temperature).sigmoid(), [2, 11]);
    }

    public static TheoryData<long[], long[]> AffineShapes => new() { { [5, 7], [3] }, { [4, 5, 7], [3] }, { [4, 5, 7], [5, 3] }, { [2, 300, 7], [300, 3] }, { [1, 7], [3] } };

    [Theory]
    [MemberData(nameof(AffineShapes))]
    public void Affine_AnyShape_IsTorchs(long[] x, long[] constant) =>
        ShouldAgree(t => Affine.Of(t[0], t[1], t[2]), t => t[0].MatMul(t[1].t()) + t[2], x, [3, 7], constant);

    [Theory]
    [InlineData(new long[] { 5, 9 })]
    [InlineData(new long[] { 3, 200, 9 })]
    public void BilinearEnergy_AnyShape_IsTorchs(long[] z) => ShouldAgree(
        t => BilinearEnergy.Of(t[0], t[1], t[2], t[3]),
        t => -(t[0].slice(-1, 0, 4).MatMul(t[1]) + (t[0].slice(-1, 4) * (t[0].slice(-1, 0, 4).MatMul(t[3].t()) + t[2])).sum(-1)),
        z, [4], [5], [5, 4]);

    // All inputs as parts of one vector.
    private static void ShouldAgree(Func<Tensor[], Tensor> fast, Func<Tensor[], Tensor> exact, params long[][] shapes)
    {
        using var rng = new Generator(3);
        var sizes = Array.ConvertAll(shapes, s => s.Aggregate(1L, (a, b) => a * b));
        KernelTests.ShouldAgree(x => fast(Parts(x)), x => exact(Parts(x)), 0.1 * torch.randn([sizes.Sum()], generator: rng));

        Tensor[] Parts(Tensor x) => [.. x.split(sizes).Zip(shapes, (part, shape) => part.reshape(shape))];
    }
}
