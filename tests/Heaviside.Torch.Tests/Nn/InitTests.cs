using Init = Heaviside.Torch.torch.nn.init;

namespace Heaviside.Torch.Tests.Nn;

public sealed class InitTests : IDisposable
{
    // Kolmogorov's law: sqrt(n) D exceeds this for 2 exp(-2 * 2.6^2) = 2.7 seeds in a million.
    private const double KolmogorovLimit = 2.6;

    private static readonly long[] Dense = [400, 250];
    private static readonly long[] Kernel = [100, 40, 5, 5];

    private static readonly Dictionary<string, (long[] Shape, Func<Tensor, Generator, Tensor> Fill, string Law, double Scale)> Table = new()
    {
        ["uniform_"] = (Dense, (t, g) => Init.uniform_(t, g, -2, 2), "uniform", 2),
        ["normal_"] = (Dense, (t, g) => Init.normal_(t, g, 0, 3), "normal", 3),
        ["xavier_uniform_"] = (Dense, (t, g) => Init.xavier_uniform_(t, g, 2), "uniform", 2 * Math.Sqrt(6.0 / 650)),
        ["xavier_normal_"] = (Kernel, (t, g) => Init.xavier_normal_(t, g), "normal", Math.Sqrt(2.0 / 3500)),
        ["kaiming_uniform_"] = (Dense, (t, g) => Init.kaiming_uniform_(t, g, Math.Sqrt(5)), "uniform", 1 / Math.Sqrt(250)),
        ["kaiming_uniform_ relu, fan out"] = (
            Kernel, (t, g) => Init.kaiming_uniform_(t, g, mode: FanMode.FanOut, nonlinearity: Nonlinearity.ReLU), "uniform", Math.Sqrt(6.0 / 2500)),
        ["kaiming_normal_ tanh"] = (Kernel, (t, g) => Init.kaiming_normal_(t, g, nonlinearity: Nonlinearity.Tanh), "normal", 5 / 3.0 / Math.Sqrt(1000)),
        ["trunc_normal_"] = (Dense, (t, g) => Init.trunc_normal_(t, g, 0, 0.5, -1, 1), "truncated", 0.5),
        ["variance_scaling_"] = (Dense, (t, g) => Init.variance_scaling_(t, g), "truncated", Math.Sqrt(1.3 * 2 / 250)),
        ["variance_scaling_ average"] = (Kernel, (t, g) => Init.variance_scaling_(t, g, 1, FanMode.FanAverage), "truncated", Math.Sqrt(1.3 / 1750)),
        ["Linear weight"] = (Dense, (_, g) => torch.nn.Linear(250, 400, g, dtype: torch.float64).weight.detach(), "uniform", 1 / Math.Sqrt(250)),
        ["Linear bias"] = ([20_000], (_, g) => torch.nn.Linear(3, 20_000, g, dtype: torch.float64).bias!.detach(), "uniform", 1 / Math.Sqrt(3)),
        ["Conv2d weight"] = (
            [100, 20, 5, 5], (_, g) => torch.nn.Conv2d(40, 100, 5, g, groups: 2, dtype: torch.float64).weight.detach(), "uniform", 1 / Math.Sqrt(500)),
        ["Conv2d bias"] = ([20_000], (_, g) => torch.nn.Conv2d(1, 20_000, 2, g, dtype: torch.float64).bias!.detach(), "uniform", 0.5),
        ["ConvTranspose2d weight"] = (
            Kernel, (_, g) => torch.nn.ConvTranspose2d(100, 40, 5, g, dtype: torch.float64).weight.detach(), "uniform", 1 / Math.Sqrt(1000)),
        ["Embedding weight"] = ([1000, 50], (_, g) => torch.nn.Embedding(1000, 50, g, dtype: torch.float64).weight.detach(), "normal", 1),
    };

    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Generator generator = new(7);

    public static TheoryData<string> Names => [.. Table.Keys];

    public void Dispose()
    {
        scope.Dispose();
        generator.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_OfEachInitialization_FollowTheirLaw(string name)
    {
        var (shape, fill, law, scale) = Table[name];
        var values = fill(torch.empty(shape, torch.float64), generator);
        values.shape.ShouldBe(shape);

        // Probabilities of the law at the sorted values, against those of the sample.
        var z = values.reshape(-1).sort().values / scale;
        var n = z.numel();
        var (low, high) = (Normal(-2), Normal(2));
        var expected = law switch
        {
            "uniform" => (z + 1) / 2,
            "normal" => z.special_ndtr(),
            _ => (z.special_ndtr() - low) / (high - low),
        };
        var ranks = torch.arange(1, n + 1, 1, torch.float64) / n;
        var distance = torch.maximum(ranks - expected, expected - ranks + 1.0 / n).max().item<double>();
        (Math.Sqrt(n) * distance).ShouldBeLessThan(KolmogorovLimit);

        // The second moment sees a wrong scale much sooner; fails for 7 seeds in a million.
        var (second, fourth) = law switch
        {
            "uniform" => (1 / 3.0, 1 / 5.0),
            "normal" => (1, 3),
            _ => (0.77374130, 1.41618912), // 1 - 4 phi(2) / Z and 3 times that - 16 phi(2) / Z, where Z = 0.9545 is the mass kept
        };
        z.square().mean().item<double>().ShouldBe(second, 4.5 * Math.Sqrt((fourth - second * second) / n));

        var reach = z.abs().max().item<double>();
        if (law != "normal") reach.ShouldBeLessThanOrEqualTo(law == "uniform" ? 1 : 2);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void TruncNormal_OffCenter_HasItsMomentsAndBounds(ScalarType type)
    {
        // Far in the upper tail, where a float32 inverse would be coarse: N(0, 1) given [3, 4].
        const int N = 100_000;
        var values = Init.trunc_normal_(torch.empty(N, type), generator, low: 3, high: 4).@double();
        values.min().item<double>().ShouldBeGreaterThanOrEqualTo(3);
        values.max().item<double>().ShouldBeLessThanOrEqualTo(4);

        double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        var mass = Normal(4) - Normal(3);
        var mean = (Density(3) - Density(4)) / mass;
        var variance = 1 + (3 * Density(3) - 4 * Density(4)) / mass - mean * mean;
        values.mean().item<double>().ShouldBe(mean, 4.5 * Math.Sqrt(variance / N)); // fails for 7 seeds in a million
    }

    [Theory]
    [InlineData(20, 50)]
    [InlineData(50, 20)]
    public void Orthogonal_OfAnyShape_HasOrthonormalRowsOrColumns(long rows, long columns)
    {
        var w = Init.orthogonal_(torch.empty([rows, columns / 5, 5], torch.float64), generator, gain: 3).reshape([rows, columns]) / 3;
        var product = rows < columns ? w.matmul(w.t()) : w.t().matmul(w);
        (product - torch.eye(20, torch.float64)).abs().max().item<double>().ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void Orthogonal_OfOneColumn_PointsEverywhere()
    {
        // Without the correction of signs the first coordinate would have one sign only.
        const int N = 400;
        var positive = Enumerable.Range(0, N).Count(_ => Init.orthogonal_(torch.empty([3, 1], torch.float64), generator)[0, 0].item<double>() > 0);
        ((double)positive).ShouldBe(N / 2.0, 4.5 * Math.Sqrt(N) / 2); // fails for 7 seeds in a million
    }

    [Fact]
    public void Constants_OfAParameter_AreFilledInWithoutAGradient()
    {
        var parameter = torch.ones([2, 2]).requires_grad_();
        Init.constant_(parameter, 0.25).ShouldBeSameAs(parameter);
        parameter.ToArray<float>().ShouldAllBe(v => v == 0.25f);
        Init.ones_(parameter).sum().item<float>().ShouldBe(4);
        Init.zeros_(parameter).sum().item<float>().ShouldBe(0);
        Init.normal_(parameter, generator).ShouldBeSameAs(parameter);
        (parameter.is_leaf, parameter.requires_grad).ShouldBe((true, true));
    }

    [Theory]
    [InlineData(Nonlinearity.Linear, 1)]
    [InlineData(Nonlinearity.Sigmoid, 1)]
    [InlineData(Nonlinearity.Tanh, 1.6666666666666667)]
    [InlineData(Nonlinearity.ReLU, 1.4142135623730951)]
    [InlineData(Nonlinearity.LeakyReLU, 1.3867504905630728)]
    [InlineData(Nonlinearity.SELU, 0.75)]
    public void CalculateGain_OfEachNonlinearity_IsPyTorchs(Nonlinearity nonlinearity, double expected) =>
        Init.calculate_gain(nonlinearity, 0.2).ShouldBe(expected, 1e-15);

    [Fact]
    public void Fans_OfAVector_AreRefused() =>
        Should.Throw<ArgumentException>(() => Init.xavier_uniform_(torch.empty(3), generator)).Message.ShouldBe("tensor: expected shape [out, in, ...], got [3]");

    [Fact]
    public void TruncNormal_OfNoInterval_IsRefused() =>
        Should.Throw<ArgumentException>(() => Init.trunc_normal_(torch.empty(3), generator, low: 2, high: 2)).Message.ShouldBe("low: expected less than high = 2, got 2");

    private static double Normal(double x)
    {
        using var at = torch.scalar(x);
        using var probability = at.special_ndtr();
        return probability.item<double>();
    }
}
