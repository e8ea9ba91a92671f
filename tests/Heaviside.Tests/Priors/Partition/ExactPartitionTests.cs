using Heaviside.Priors;
using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors.Partition;

public class ExactPartitionTests
{
    [Fact]
    public void Estimate_TwoByTwo_IsTheKnownValue()
    {
        var estimate = Exact(Machines.TwoByTwo());
        estimate.LogPartition.ShouldBe(3.8376657424, 1e-9);
        estimate.StandardError.ShouldBe(0);
        estimate.IsExact.ShouldBeTrue();
        Exact(Machines.Tempered(Machines.TwoByTwo(), 0)).LogPartition.ShouldBe(3.0103168, 5e-8);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 6, 0.7)]
    [InlineData(7, 3, 3)]
    [InlineData(13, 40, 0.2)]
    [InlineData(41, 14, 1)]
    [InlineData(14, 14, 12)] // products beyond 2^1024, in parts
    [InlineData(14, 14, 100)] // terms beyond it, by the slower sum
    public void Estimate_AnySize_IsTheDifferentiableSum(int left, int right, double scale)
    {
        var machine = Machines.Restricted(left, right, scale);
        var expected = machine.LogPartition().Number();
        Exact(machine).LogPartition.ShouldBe(expected, 1e-11 * Math.Max(1, Math.Abs(expected)));
    }

    // Weights of 0, so that the value is known: 2^25 states are 2^13 slices.
    [Fact]
    [Trait("Category", "Slow")]
    public void Estimate_25Units_IsTheProductOfTheSides()
    {
        var machine = Machines.Restricted(30, ExactPartition.MostUnits);
        machine.to(torch.float64);
        using var _ = torch.no_grad();
        machine.Weights.zero_();
        machine.Weights[3, 4].fill_(1.7);
        var expected = torch.cat([machine.LeftBias, machine.RightBias]).exp().log1p().sum().Number();
        var (a, b) = (machine.LeftBias[4].Number(), machine.RightBias[3].Number());
        expected += Math.Log(1 + (Math.Exp(a + b) * (Math.Exp(1.7) - 1) / ((1 + Math.Exp(a)) * (1 + Math.Exp(b)))));
        Exact(machine).LogPartition.ShouldBe(expected, 1e-10);
    }

    [Fact]
    public void Estimate_AnyThreads_IsTheSame()
    {
        var machine = Machines.Restricted(16, 20);
        Exact(machine, 3).LogPartition.ShouldBe(Exact(machine, 1).LogPartition);
    }

    [Fact]
    public void Estimate_OtherMachines_AreEnumeratedOrRefused()
    {
        var machine = Machines.OfKind("third order");
        using var rng = new Generator(1);
        var ais = new AnnealedImportanceSampling().Estimate(machine, rng);
        (ais.Method, ais.LogPartition).ShouldBe(("exact", machine.LogPartition().Number()));
        Should.Throw<InputException>(() => Exact(new PairwiseBoltzmannMachine(23))).Message.ShouldContain("23 units that is not restricted");
        Should.Throw<InputException>(() => Exact(new RestrictedBoltzmannMachine(40, 26))).Message.ShouldContain("choose ais, bar or mbar");
    }

    [Fact]
    public void Estimate_Canceled_Stops()
    {
        using var rng = new Generator(1);
        Should.Throw<OperationCanceledException>(() => new ExactPartition().Estimate(new RestrictedBoltzmannMachine(3, 3), rng, null, new(canceled: true)));
    }

    private static PartitionEstimate Exact(BoltzmannMachine machine, int threads = 1)
    {
        using var rng = new Generator(1);
        return new ExactPartition { Threads = threads }.Estimate(machine, rng);
    }
}
