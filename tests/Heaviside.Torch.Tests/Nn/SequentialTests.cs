using static Heaviside.Torch.Tests.Nn.Numbers;

namespace Heaviside.Torch.Tests.Nn;

public sealed class SequentialTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Generator generator = new(5);

    public void Dispose()
    {
        scope.Dispose();
        generator.Dispose();
    }

    [Fact]
    public void Forward_OfThreeSteps_ComposesThemInOrder()
    {
        using var first = torch.nn.Linear(4, 3, generator, dtype: torch.float64);
        using var second = torch.nn.Linear(3, 2, generator, dtype: torch.float64);
        using var all = torch.nn.Sequential(first, torch.nn.Tanh(), second);
        var x = Wave(5, 4);
        all.forward(x).ShouldBeNear(second.forward(first.forward(x).tanh()));
        GradientsShouldMatchDifferences(() => Weighted(all.forward(x)), first.weight, first.bias!, second.weight, second.bias!);
    }

    [Fact]
    public void StateDict_OfUnnamedSteps_CountsThem()
    {
        using var all = torch.nn.Sequential(torch.nn.Linear(4, 3, generator), torch.nn.ReLU(), torch.nn.BatchNorm1d(3));
        all.state_dict().Keys.ShouldBe(
            ["0.weight", "0.bias", "2.weight", "2.bias", "2.running_mean", "2.running_var", "2.num_batches_tracked"]);
    }

    [Fact]
    public void StateDict_OfNamedSteps_UsesTheirNames()
    {
        using var inner = torch.nn.Sequential(("hidden", torch.nn.Linear(4, 3, generator, bias: false)), ("f", torch.nn.ReLU()));
        using var all = torch.nn.Sequential(("encoder", inner), ("decoder", torch.nn.Linear(3, 4, generator, bias: false)));
        all.state_dict().Keys.ShouldBe(["encoder.hidden.weight", "decoder.weight"]);
    }

    [Fact]
    public void Train_OfTheWhole_ReachesNestedModules()
    {
        using var dropout = torch.nn.Dropout(generator);
        using var all = torch.nn.Sequential(torch.nn.Sequential(dropout));
        all.eval();
        dropout.training.ShouldBeFalse();
        all.train();
        dropout.training.ShouldBeTrue();
    }

    [Fact]
    public void Forward_InsideScopes_KeepsTheInputAndGivesTheResultToTheCallersScope()
    {
        using var all = torch.nn.Sequential(torch.nn.Identity(), torch.nn.Flatten());
        var x = Wave(2, 3, 4);
        Tensor result;
        using (torch.NewDisposeScope())
        {
            result = all.forward(x);
            result.shape.ShouldBe([2, 12]);
        }

        x.numel().ShouldBe(24);
        Should.Throw<ObjectDisposedException>(() => result.numel());
    }

    [Fact]
    public void Forward_OfSteps_DisposesWhatLiesBetween()
    {
        var between = new List<Tensor>();
        using var all = torch.nn.Sequential(torch.nn.ReLU(), new Activation("probe", x =>
        {
            between.Add(x);
            return x + 1;
        }));
        var x = Wave(3).requires_grad_();
        all.forward(x).sum().backward();
        Should.Throw<ObjectDisposedException>(() => between[0].numel());
        x.grad!.ShouldBeNear(x.gt(0).@double());
    }

    [Fact]
    public void Forward_ThroughIdentity_ReturnsAnotherObject()
    {
        using var all = torch.nn.Sequential(torch.nn.Identity());
        var x = Wave(3);
        all.forward(x).Dispose();
        x.numel().ShouldBe(3);
    }

    [Fact]
    public void Flatten_OfInnerDimensions_JoinsThose()
    {
        using var inner = torch.nn.Flatten(1, 2);
        inner.forward(Wave(2, 3, 4, 5)).shape.ShouldBe([2, 12, 5]);
    }
}
