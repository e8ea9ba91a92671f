namespace Heaviside.Torch.Tests.Nn;

public sealed class DropoutTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Generator generator = new(4);

    public void Dispose()
    {
        scope.Dispose();
        generator.Dispose();
    }

    [Fact]
    public void Forward_InTraining_KeepsTheRightShareAndScalesIt()
    {
        const int N = 100_000;
        const double P = 0.3;
        using var layer = torch.nn.Dropout(generator, P);
        var result = layer.forward(torch.ones(N, torch.float64)).ToArray<double>();

        result.Distinct().Order().ToArray().ShouldBe([0, 1 / (1 - P)]);
        var kept = result.Count(v => v != 0) / (double)N;
        kept.ShouldBe(1 - P, 4.5 * Math.Sqrt(P * (1 - P) / N)); // fails for 7 seeds in a million
    }

    [Fact]
    public void Gradient_InTraining_IsTheMask()
    {
        using var layer = torch.nn.Dropout(generator);
        var x = torch.full(50, 2.0, torch.float64).requires_grad_();
        var y = layer.forward(x);
        y.sum().backward();
        (x.grad! * 2).equal(y).ShouldBeTrue();
    }

    [Fact]
    public void Forward_InEvaluation_ReturnsTheInputAndDrawsNothing()
    {
        using var layer = torch.nn.Dropout(generator);
        layer.eval();
        var before = generator.get_state();
        var x = torch.ones(10);
        layer.forward(x).equal(x).ShouldBeTrue();
        generator.get_state().equal(before).ShouldBeTrue();
    }

    [Fact]
    public void Forward_WithTheSameGeneratorState_DrawsTheSameMask()
    {
        using var layer = torch.nn.Dropout(generator);
        var x = torch.ones(100);
        var state = generator.get_state();
        var first = layer.forward(x);
        var second = layer.forward(x);
        generator.set_state(state);
        layer.forward(x).equal(first).ShouldBeTrue();
        second.equal(first).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Forward_AtTheEndsOfTheRange_KeepsAllOrNothing(double p, float expected)
    {
        using var layer = torch.nn.Dropout(generator, p);
        layer.forward(torch.ones(20)).ToArray<float>().ShouldAllBe(v => v == expected);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Constructor_OfNoProbability_NamesTheArgument(double p) =>
        Should.Throw<ArgumentException>(() => torch.nn.Dropout(generator, p)).Message.ShouldBe(FormattableString.Invariant($"p: expected a probability in [0, 1], got {p}"));
}
