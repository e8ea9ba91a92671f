using Heaviside.Distributions;

namespace Heaviside.Tests.Distributions;

public class StochasticChainTests
{
    [Fact]
    public void JointLogProb_AllValues_SumToOne()
    {
        using var scope = torch.NewDisposeScope();
        var chain = Chain(batch: 3);
        var values = chain.Enumerate();
        values.shape.ShouldBe([16, 4]);
        var total = chain.JointLogProb(values.unsqueeze(1).expand([16, 3, 4])).exp().sum(dim: 0);
        foreach (var p in total.ToArray<double>()) p.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Split_Join_GivesBackThePoints()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var chain = Chain(batch: 3);
        var points = chain.Sample([5], rng);
        points.shape.ShouldBe([5, 3, 4]);
        chain.Split(points).Select(p => p.size(2)).ShouldBe([1L, 3]);
        chain.Join(chain.Split(points)).IsSame(points).ShouldBeTrue();
        chain.LayerShapes.Select(s => s.Single()).ShouldBe([1L, 3]);
    }

    [Fact]
    public void Law_OfTheWrongShape_NamesTheLayerAndBothShapes()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var chain = new StochasticChain(new Bernoulli(torch.zeros([2, 3])), new StochasticLayer(4, b => new Bernoulli(b)));
        Should.Throw<ArgumentException>(() => chain.Sample([5], rng)).Message
            .ShouldStartWith("layer 2: expected a law of batch shape [5, 2, 4], got [5, 2, 3]");
        Should.Throw<ArgumentException>(() => new StochasticChain(new Bernoulli(torch.zeros([3])), new StochasticLayer(1, b => new Bernoulli(b))));
    }

    private static StochasticChain Chain(int batch) => new(
        new Bernoulli(torch.full([batch, 1], 0.3, torch.float64)),
        new StochasticLayer(3, b => new Bernoulli((b * torch.tensor([1.0, -2.0, 0.5])) + 0.2)));
}
