namespace Heaviside.Torch.Tests.Optim;

public sealed class ClippingTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(2.0, 13.0)] // sqrt(9 + 16 + 144)
    [InlineData(1.0, 19.0)]
    [InlineData(double.PositiveInfinity, 12.0)]
    public void ClipGradNorm_AboveTheLimit_ScalesAllByOneFactor(double type, double norm)
    {
        var p = Parameters();
        torch.nn.utils.clip_grad_norm_(p, 1, type).ShouldBe(norm, 1e-12);
        p[0].grad!.ToArray<double>().ShouldBe([3 / norm, -4 / norm], 1e-6);
        p[1].grad!.ToArray<double>().ShouldBe([12 / norm], 1e-6);
        p[2].grad.ShouldBeNull();
    }

    [Fact]
    public void ClipGradNorm_BelowTheLimit_ChangesNothing()
    {
        var p = Parameters();
        torch.nn.utils.clip_grad_norm_(p, 13.1).ShouldBe(13, 1e-12);
        p[0].grad!.ToArray<double>().ShouldBe([3, -4]);
    }

    [Fact]
    public void ClipGradNorm_NoGradients_IsZero() => torch.nn.utils.clip_grad_norm_([torch.ones([2]).requires_grad_()], 1).ShouldBe(0);

    [Fact]
    public void ClipGradNorm_NotANumber_IsReportedAndScalesNothing()
    {
        var p = Parameters();
        p[1].grad = torch.tensor([double.NaN]);
        torch.nn.utils.clip_grad_norm_(p, 1).ShouldBe(double.NaN);
        p[0].grad!.ToArray<double>().ShouldBe([3, -4]);
    }

    [Fact]
    public void ClipGradValue_Elements_AreLimitedBothWays()
    {
        var p = Parameters();
        torch.nn.utils.clip_grad_value_(p, 3.5);
        p[0].grad!.ToArray<double>().ShouldBe([3, -3.5]);
        p[1].grad!.ToArray<double>().ShouldBe([3.5]);
    }

    private static Tensor[] Parameters()
    {
        Tensor[] p = [torch.ones([2], torch.float64).requires_grad_(), torch.ones([1], torch.float64).requires_grad_(), torch.ones([4]).requires_grad_()];
        p[0].grad = torch.tensor([3.0, -4.0]);
        p[1].grad = torch.tensor([12.0]);
        return p;
    }
}
