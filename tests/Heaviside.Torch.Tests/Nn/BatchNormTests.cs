using static Heaviside.Torch.Tests.Nn.Numbers;

namespace Heaviside.Torch.Tests.Nn;

public sealed class BatchNormTests : IDisposable
{
    private const double Eps = 1e-3;
    private const double Momentum = 0.3;

    private readonly DisposeScope scope = torch.NewDisposeScope();

    /// <summary>Shapes that each layer takes.</summary>
    public static TheoryData<long[]> Shapes => new() { new long[] { 5, 3 }, new long[] { 4, 3, 5 }, new long[] { 2, 3, 4, 2 } };

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_InTraining_FollowsTheFormulaAndMovesTheRunningStatistics(long[] shape)
    {
        using var layer = Create(shape);
        var x = Wave(shape) * 3 + 1;
        var count = x.numel() / 3.0;
        long[] others = [.. Enumerable.Range(0, shape.Length).Where(d => d != 1).Select(d => (long)d)];
        var mean = x.mean(others, keepdim: true);
        var variance = (x - mean).square().sum(others, keepdim: true) / count;

        var expected = (x - mean) / (variance + Eps).sqrt() * PerChannel(layer.weight!, shape) + PerChannel(layer.bias!, shape);
        layer.forward(x).ShouldBeNear(expected);
        layer.running_mean.ShouldBeNear(Momentum * mean.reshape(3));
        layer.running_var.ShouldBeNear((1 - Momentum) + Momentum * variance.reshape(3) * (count / (count - 1)));

        var once = layer.running_mean.clone();
        layer.forward(x + 1);
        layer.running_mean.ShouldBeNear((1 - Momentum) * once + Momentum * (mean.reshape(3) + 1));
        layer.num_batches_tracked.item<long>().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_InEvaluation_UsesAndKeepsTheRunningStatistics(long[] shape)
    {
        using var layer = Create(shape);
        var x = Wave(shape);
        layer.forward(x * 2 - 1);
        layer.eval();
        var (mean, variance) = (layer.running_mean.clone(), layer.running_var.clone());

        var expected = (x - PerChannel(mean, shape)) / (PerChannel(variance, shape) + Eps).sqrt()
            * PerChannel(layer.weight!, shape) + PerChannel(layer.bias!, shape);
        layer.forward(x).ShouldBeNear(expected);
        layer.running_mean.equal(mean).ShouldBeTrue();
        layer.running_var.equal(variance).ShouldBeTrue();
        layer.num_batches_tracked.item<long>().ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_InBothModes_MatchDifferences(long[] shape)
    {
        using var layer = Create(shape);
        var x = Wave(shape);
        GradientsShouldMatchDifferences(() => Weighted(layer.forward(x).square()), layer.weight!, layer.bias!, x);
        layer.eval();
        GradientsShouldMatchDifferences(() => Weighted(layer.forward(x).square()), layer.weight!, layer.bias!, x);
    }

    [Fact]
    public void Constructor_WithoutAffine_HasBuffersOnly()
    {
        using var layer = torch.nn.BatchNorm1d(3, affine: false);
        layer.parameters().ShouldBeEmpty();
        layer.state_dict().Keys.ShouldBe(["running_mean", "running_var", "num_batches_tracked"]);
        layer.forward(torch.ones([2, 3])).abs().sum().item<float>().ShouldBe(0);
    }

    [Fact]
    public void Forward_OfTheWrongShape_NamesBothShapes()
    {
        using var flat = torch.nn.BatchNorm1d(3);
        using var image = torch.nn.BatchNorm2d(3);
        Should.Throw<ArgumentException>(() => flat.forward(torch.zeros([2, 4]))).Message.ShouldBe("input: expected shape [B, 3] or [B, 3, L], got [2, 4]");
        Should.Throw<ArgumentException>(() => flat.forward(torch.zeros([2, 3, 4, 4]))).Message.ShouldBe("input: expected shape [B, 3] or [B, 3, L], got [2, 3, 4, 4]");
        Should.Throw<ArgumentException>(() => image.forward(torch.zeros([2, 3]))).Message.ShouldBe("input: expected shape [B, 3, H, W], got [2, 3]");
    }

    [Fact]
    public void Forward_OfOneValuePerChannel_FailsInTrainingOnly()
    {
        using var layer = torch.nn.BatchNorm1d(3);
        Should.Throw<ArgumentException>(() => layer.forward(torch.zeros([1, 3]))).Message.ShouldBe("input: training needs more than one value per channel, got shape [1, 3]");
        layer.num_batches_tracked.item<long>().ShouldBe(0);
        layer.eval();
        layer.forward(torch.zeros([1, 3])).shape.ShouldBe([1, 3]);
    }

    [Fact]
    public void Constructor_WithBadSettings_NamesTheArgument()
    {
        Should.Throw<ArgumentException>(() => torch.nn.BatchNorm1d(0)).Message.ShouldBe("num_features: expected at least 1, got 0");
        Should.Throw<ArgumentException>(() => torch.nn.BatchNorm1d(3, eps: -1)).Message.ShouldBe("eps: expected at least 0, got -1");
        Should.Throw<ArgumentException>(() => torch.nn.BatchNorm1d(3, momentum: 1.5)).Message.ShouldBe("momentum: expected a probability in [0, 1], got 1.5");
    }

    private static BatchNorm Create(long[] shape)
    {
        BatchNorm layer = shape.Length == 4
            ? torch.nn.BatchNorm2d(3, Eps, Momentum, dtype: torch.float64)
            : torch.nn.BatchNorm1d(3, Eps, Momentum, dtype: torch.float64);
        using var _ = torch.no_grad();
        layer.weight!.copy_(torch.tensor([0.5, -2.0, 1.5]));
        layer.bias!.copy_(torch.tensor([1.0, 0.0, -3.0]));
        return layer;
    }

    private static Tensor PerChannel(Tensor values, long[] shape) =>
        values.reshape([.. shape.Select((_, d) => d == 1 ? 3L : 1L)]);
}
