using static Heaviside.Torch.Tests.Nn.Numbers;

namespace Heaviside.Torch.Tests.Nn;

public sealed class ConvolutionTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Generator generator = new(2);

    /// <summary>Stride, padding and dilation, each for height and width, and groups.</summary>
    public static TheoryData<long[], long[], long[], long> Geometries => new()
    {
        { [1, 1], [0, 0], [1, 1], 1 },
        { [2, 1], [1, 0], [1, 1], 1 },
        { [1, 2], [0, 2], [2, 1], 2 },
        { [2, 3], [1, 1], [1, 2], 2 },
    };

    public void Dispose()
    {
        scope.Dispose();
        generator.Dispose();
    }

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Conv2d_OfAnyGeometry_IsTheSumOverItsWindows(long[] stride, long[] padding, long[] dilation, long groups)
    {
        using var layer = torch.nn.Conv2d(4, 6, [3, 2], generator, stride, padding, dilation, groups, dtype: torch.float64);
        var x = Wave(2, 4, 7, 6);
        var actual = layer.forward(x);

        var expected = torch.zeros(actual.shape, torch.float64);
        expected += layer.bias!.view([6, 1, 1]);
        foreach (var (image, window, weight) in Taps(expected.shape, x.shape, layer.weight.shape, stride, padding, dilation, groups))
            expected.AsSpan<double>()[window] += layer.weight.detach().AsSpan<double>()[weight] * x.AsSpan<double>()[image];
        actual.ShouldBeNear(expected);
        actual.shape[2].ShouldBe((7 + 2 * padding[0] - dilation[0] * 2 - 1) / stride[0] + 1);
        actual.shape[3].ShouldBe((6 + 2 * padding[1] - dilation[1] - 1) / stride[1] + 1);
    }

    [Theory]
    [MemberData(nameof(Geometries))]
    public void ConvTranspose2d_OfAnyGeometry_SpreadsEachInputOverItsWindow(long[] stride, long[] padding, long[] dilation, long groups)
    {
        long[] extra = [stride[0] - 1, 0];
        using var layer = torch.nn.ConvTranspose2d(
            6, 4, [3, 2], generator, stride, padding, extra, groups, dilation: dilation, dtype: torch.float64);
        var x = Wave(2, 6, 4, 3);
        var actual = layer.forward(x);

        var expected = torch.zeros(actual.shape, torch.float64);
        expected += layer.bias!.view([4, 1, 1]);
        foreach (var (image, window, weight) in Taps(x.shape, expected.shape, layer.weight.shape, stride, padding, dilation, groups))
            expected.AsSpan<double>()[image] += layer.weight.detach().AsSpan<double>()[weight] * x.AsSpan<double>()[window];
        actual.ShouldBeNear(expected);
        actual.shape[2].ShouldBe(3 * stride[0] - 2 * padding[0] + dilation[0] * 2 + extra[0] + 1);
        actual.shape[3].ShouldBe(2 * stride[1] - 2 * padding[1] + dilation[1] + extra[1] + 1);
    }

    [Fact]
    public void Gradients_OfParametersAndInput_MatchDifferences()
    {
        using var shrink = torch.nn.Conv2d(2, 4, 3, generator, stride: 2, padding: 1, groups: 2, dtype: torch.float64);
        using var grow = torch.nn.ConvTranspose2d(4, 2, 3, generator, stride: 2, padding: 1, dtype: torch.float64);
        var x = Wave(2, 2, 5, 4);
        GradientsShouldMatchDifferences(
            () => Weighted(grow.forward(shrink.forward(x)).square()), shrink.weight, shrink.bias!, grow.weight, grow.bias!, x);
    }

    [Fact]
    public void Forward_OfOneImage_EqualsABatchOfOne()
    {
        using var layer = torch.nn.Conv2d(2, 3, 3, generator, dtype: torch.float64);
        var x = Wave(2, 5, 5);
        layer.forward(x).ShouldBeNear(layer.forward(x.unsqueeze(0)).squeeze(0));
    }

    [Fact]
    public void Forward_OfTheWrongShape_NamesBothShapes()
    {
        using var layer = torch.nn.Conv2d(2, 3, 3, generator);
        using var transposed = torch.nn.ConvTranspose2d(2, 3, 3, generator);
        foreach (var module in new Module<Tensor, Tensor>[] { layer, transposed })
        {
            Should.Throw<ArgumentException>(() => module.forward(torch.zeros([1, 3, 8, 8]))).Message.ShouldBe("input: expected shape [B, 2, H, W], got [1, 3, 8, 8]");
            Should.Throw<ArgumentException>(() => module.forward(torch.zeros([2, 2]))).Message.ShouldBe("input: expected shape [B, 2, H, W], got [2, 2]");
        }

        Should.Throw<TorchException>(() => layer.forward(torch.zeros([1, 2, 2, 2]))).Message.ShouldNotContain('\n');
    }

    [Fact]
    public void Constructor_OfAnImpossibleGeometry_NamesTheArgument()
    {
        Should.Throw<ArgumentException>(() => torch.nn.Conv2d(3, 4, 3, generator, groups: 2)).Message.ShouldBe("groups: expected a divisor of 3 and 4, got 2");
        Should.Throw<ArgumentException>(() => torch.nn.Conv2d(3, 4, [3, 3, 3], generator)).Message.ShouldBe("kernel_size: expected one or two numbers, got 3");
        Should.Throw<ArgumentException>(() => torch.nn.Conv2d(3, 4, 3, generator, stride: 0)).Message.ShouldBe("stride: expected at least 1, got 0");
        Should.Throw<ArgumentException>(() => torch.nn.ConvTranspose2d(3, 4, 3, generator, output_padding: -1)).Message.ShouldBe("output_padding: expected at least 0, got -1");
    }

    /// <summary>Which pixel of the large image each weight joins to which window of the small one, as flat positions.</summary>
    /// <remarks>The weight is [channels of the small image, channels of the large one / groups, height, width]. The transposed
    /// layer's weight is [in, out / groups, ...], and its input is the small image: the same enumeration serves both.</remarks>
    private static IEnumerable<(int Image, int Window, int Weight)> Taps(
        long[] small, long[] large, long[] weight, long[] stride, long[] padding, long[] dilation, long groups)
    {
        for (var b = 0L; b < small[0]; b++)
            for (var o = 0L; o < weight[0]; o++)
                for (var i = 0L; i < weight[1]; i++)
                    for (var y = 0L; y < small[2]; y++)
                        for (var x = 0L; x < small[3]; x++)
                            for (var u = 0L; u < weight[2]; u++)
                                for (var v = 0L; v < weight[3]; v++)
                                {
                                    var (row, column) = (y * stride[0] + u * dilation[0] - padding[0], x * stride[1] + v * dilation[1] - padding[1]);
                                    if (row < 0 || row >= large[2] || column < 0 || column >= large[3]) continue;
                                    var channel = o / (weight[0] / groups) * weight[1] + i;
                                    yield return (Flat(large, b, channel, row, column), Flat(small, b, o, y, x), Flat(weight, o, i, u, v));
                                }
    }

    private static int Flat(long[] shape, long a, long b, long c, long d) => (int)(((a * shape[1] + b) * shape[2] + c) * shape[3] + d);
}
