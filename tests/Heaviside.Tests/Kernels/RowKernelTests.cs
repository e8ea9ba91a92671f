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

    // All inputs as parts of one vector.
    private static void ShouldAgree(Func<Tensor[], Tensor> fast, Func<Tensor[], Tensor> exact, params long[][] shapes)
    {
        using var rng = new Generator(3);
        var sizes = Array.ConvertAll(shapes, s => s.Aggregate(1L, (a, b) => a * b));
        KernelTests.ShouldAgree(x => fast(Parts(x)), x => exact(Parts(x)), 0.1 * torch.randn([sizes.Sum()], generator: rng));

        Tensor[] Parts(Tensor x) => [.. x.split(sizes).Zip(shapes, (part, shape) => part.reshape(shape))];
    }
}
