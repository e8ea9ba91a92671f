using static Heaviside.Torch.Tests.Nn.Numbers;

namespace Heaviside.Torch.Tests.Nn;

public sealed class LinearTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Generator generator = new(1);

    public void Dispose()
    {
        scope.Dispose();
        generator.Dispose();
    }

    [Fact]
    public void Forward_OfABatch_IsTheSumOverInputs()
    {
        using var layer = torch.nn.Linear(4, 3, generator, dtype: torch.float64);
        var x = Wave(2, 5, 4);
        var expected = torch.zeros([2, 5, 3], torch.float64);
        for (var row = 0; row < 10; row++)
            for (var o = 0; o < 3; o++)
            {
                var sum = layer.bias![o].item<double>();
                for (var i = 0; i < 4; i++) sum += layer.weight[o, i].item<double>() * x.AsSpan<double>()[row * 4 + i];
                expected.AsSpan<double>()[row * 3 + o] = sum;
            }

        layer.forward(x).ShouldBeNear(expected);
    }

    [Fact]
    public void Gradients_OfParametersAndInput_MatchDifferences()
    {
        using var layer = torch.nn.Linear(4, 3, generator, dtype: torch.float64);
        var x = Wave(5, 4);
        GradientsShouldMatchDifferences(() => Weighted(layer.forward(x).square()), layer.weight, layer.bias!, x);
    }

    [Fact]
    public void Constructor_WithoutBias_HasOneParameter()
    {
        using var layer = torch.nn.Linear(4, 3, generator, bias: false);
        layer.bias.ShouldBeNull();
        layer.named_parameters().Select(p => p.name).ShouldBe(["weight"]);
        layer.forward(torch.zeros([2, 4])).abs().sum().item<float>().ShouldBe(0);
    }

    [Fact]
    public void Constructor_WithTheSameSeed_GivesTheSameWeights()
    {
        using var again = new Generator(1);
        using var first = torch.nn.Linear(4, 3, generator);
        using var second = torch.nn.Linear(4, 3, again);
        using var third = torch.nn.Linear(4, 3, again);
        first.weight.equal(second.weight).ShouldBeTrue();
        first.bias!.equal(second.bias!).ShouldBeTrue();
        second.weight.equal(third.weight).ShouldBeFalse();
    }

    [Fact]
    public void Forward_OfTheWrongSize_NamesBothShapes()
    {
        using var layer = torch.nn.Linear(4, 3, generator);
        Should.Throw<ArgumentException>(() => layer.forward(torch.zeros([2, 5]))).Message.ShouldBe("input: expected shape [..., 4], got [2, 5]");
        Should.Throw<ArgumentException>(() => layer.forward(torch.zeros([]))).Message.ShouldBe("input: expected shape [..., 4], got []");
    }

    [Fact]
    public void Constructor_OfNoFeatures_NamesTheArgument()
    {
        Should.Throw<ArgumentException>(() => torch.nn.Linear(0, 3, generator)).Message.ShouldBe("in_features: expected at least 1, got 0");
        Should.Throw<ArgumentException>(() => torch.nn.Linear(3, -1, generator)).Message.ShouldBe("out_features: expected at least 1, got -1");
    }
}
