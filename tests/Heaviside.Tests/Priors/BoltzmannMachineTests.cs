using Heaviside.Priors;
using MathNet.Numerics.Integration;

namespace Heaviside.Tests.Priors;

public class BoltzmannMachineTests
{
    public static TheoryData<string> Kinds => new() { "restricted", "pairwise", "third order" };

    [Fact]
    public void Restricted_TwoByTwo_HasTheKnownMoments()
    {
        var machine = Machines.TwoByTwo();
        machine.LogPartition().Number().ShouldBe(3.8376657424, 1e-9);
        var moments = Machines.Moments(machine);
        double[] means = [0.7872986016, 0.4100972941, 0.6700442230, 0.7555045488];
        double[,] across = { { 0.5741766137, 0.2378142924 }, { 0.6064689809, 0.3467437176 } };
        for (var i = 0; i < 4; i++) moments[i, i].Number().ShouldBe(means[i], 1e-9);
        for (var j = 0; j < 2; j++)
            for (var i = 0; i < 2; i++) moments[2 + j, i].Number().ShouldBe(across[j, i], 1e-9);
        machine.Energy(torch.tensor([0.9, 0.2, 0.7, 0.05])).Number().ShouldBe(-0.93, 1e-12);
    }

    // The integral of exp(-E) over relaxed units is at most its largest value, which a corner has, which is at most Z.
    [Fact]
    public void Energy_RelaxedUnits_IntegratesToLessThanItsCorners()
    {
        const int Points = 8;
        var machine = Machines.TwoByTwo();
        var rule = new GaussLegendreRule(0, 1, Points);
        var grid = new List<double>();
        var weights = new List<double>();
        for (var n = 0; n < Points * Points * Points * Points; n++)
        {
            int[] at = [n % Points, n / Points % Points, n / (Points * Points) % Points, n / (Points * Points * Points)];
            grid.AddRange(at.Select(k => rule.Abscissas[k]));
            weights.Add(at.Aggregate(1.0, (w, k) => w * rule.Weights[k]));
        }

        var z = torch.tensor(grid.ToArray(), [2, weights.Count / 2, 4]);
        var integral = ((-machine.Energy(z)).exp().flatten() * torch.tensor(weights.ToArray())).sum().Number();
        var largest = (-machine.Energy(machine.Enumerate())).exp().max().Number();
        integral.ShouldBe(2.0841338, 1e-6);
        largest.ShouldBe(12.1825, 5e-5);
        Math.Exp(machine.LogPartition().Number()).ShouldBe(46.4170, 5e-5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Energy_OneUnitMoved_IsLinearAndGivesTheConditionalLogit(string kind)
    {
        var machine = Machines.OfKind(kind);
        using var rng = new Generator(3);
        var z = torch.rand([2, 5, machine.Units], torch.float64, generator: rng);
        Tensor With(int unit, double value)
        {
            var moved = z.clone();
            moved.select(-1, unit).fill_(value);
            return machine.Energy(moved);
        }

        machine.Energy(z).shape.ShouldBe([2, 5]);
        for (var i = 0; i < machine.Units; i++)
        {
            var (at0, at1) = (With(i, 0), With(i, 1));
            Largest(With(i, 0.3) - (0.7 * at0) - (0.3 * at1)).ShouldBeLessThan(1e-12);
            Largest(machine.ConditionalLogit(z, i) - at0 + at1).ShouldBeLessThan(1e-12);
        }
    }

    [Theory]
    [InlineData(3, 6)]
    [InlineData(6, 3)]
    [InlineData(1, 4)]
    [InlineData(15, 1)]
    public void LogPartition_OfTheRestricted_IsTheSumOverAllStates(int left, int right)
    {
        var machine = Machines.Restricted(left, right);
        machine.to(torch.float64);
        machine.LogPartition().Number().ShouldBe((-machine.Energy(machine.Enumerate())).logsumexp(0).Number(), 1e-11);
    }

    // 2^15 states of the smaller side are two slices; with weights of 0 the sides are independent.
    [Fact]
    public void LogPartition_BiasesOnly_IsTheirProduct()
    {
        var machine = Machines.Restricted(15, 20);
        machine.to(torch.float64);
        using var _ = torch.no_grad();
        machine.Weights.zero_();
        var expected = torch.cat([machine.LeftBias, machine.RightBias]).exp().log1p().sum().Number();
        machine.LogPartition().Number().ShouldBe(expected, 1e-10);
    }

    // With weights of 0 a unit is 1 with the probability sigmoid(bias), whatever the others are.
    [Fact]
    public void LogPartition_GradientOfTwoSlices_IsKnownWithoutWeights()
    {
        var machine = Machines.Restricted(17, 15);
        using (torch.no_grad()) machine.Weights.zero_();
        var value = machine.LogPartition();
        value.dtype.ShouldBe(ScalarType.Float64);
        value.backward();
        using var _ = torch.no_grad();
        var (left, right) = (machine.LeftBias.sigmoid(), machine.RightBias.sigmoid());
        Largest(machine.LeftBias.grad! - left).ShouldBeLessThan(1e-6);
        Largest(machine.RightBias.grad! - right).ShouldBeLessThan(1e-6);
        Largest(machine.Weights.grad! - (right.unsqueeze(1) * left)).ShouldBeLessThan(1e-6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LogPartition_Gradient_IsThatOfDifferences(string kind)
    {
        const double Step = 1e-5;
        var machine = Machines.OfKind(kind);
        machine.LogPartition().backward();
        using var _ = torch.no_grad();
        foreach (var (name, parameter) in machine.named_parameters())
        {
            var gradient = parameter.grad!.ToArray<double>();
            var values = parameter.AsSpan<double>();
            for (var i = 0; i < values.Length; i++)
            {
                var before = values[i];
                values[i] = before + Step;
                var above = (-machine.Energy(machine.Enumerate())).logsumexp(0).Number();
                values[i] = before - Step;
                var below = (-machine.Energy(machine.Enumerate())).logsumexp(0).Number();
                values[i] = before;
                gradient[i].ShouldBe((above - below) / (2 * Step), 1e-8, $"{name}[{i}]");
            }
        }
    }

    // Every derivative is the mean of a product of bits, of probability p; summing a side out only lessens the variance p (1 - p).
    [Theory]
    [MemberData(nameof(Kinds))]
    public void LogPartitionSurrogate_Samples_GivesTheGradientOfLogZ(string kind)
    {
        const int Chains = 40_000;
        var machine = Machines.OfKind(kind);
        using var rng = new Generator(8);
        var samples = new SingleSiteSampler(machine, Chains, rng).Sample(30);
        machine.LogPartition().backward();
        var exact = machine.parameters().Select(p => p.grad!.clone()).ToList();
        machine.zero_grad();
        machine.LogPartitionSurrogate(samples).backward();
        foreach (var (parameter, p) in machine.parameters().Zip(exact))
        {
            var error = (p * (1 - p) / Chains).sqrt();
            (parameter.grad! - p).abs().gt(error * 4.5).any().item<bool>().ShouldBeFalse();
        }
    }

    [Fact]
    public void LogPartitionSurrogate_OfTheRestricted_DoesNotDependOnTheRightSide()
    {
        var machine = Machines.Restricted(4, 3);
        using var rng = new Generator(2);
        var samples = new GibbsSampler(machine, 30, rng).Sample(5);
        var flipped = torch.cat([samples.slice(1, 0, 4), 1 - samples.slice(1, 4)], 1);
        machine.LogPartitionSurrogate(flipped).Number().ShouldBe(machine.LogPartitionSurrogate(samples).Number());
    }

    [Fact]
    public void Constructors_WrongInput_SayWhatIsExpected()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new RestrictedBoltzmannMachine(0, 3));
        Should.Throw<ArgumentException>(() => new MultilinearBoltzmannMachine(3, [[0, 3]])).Message.ShouldContain("from 0 to 2, got [0, 3]");
        Should.Throw<ArgumentException>(() => new MultilinearBoltzmannMachine(3, [[1, 1]]));
        Should.Throw<ArgumentException>(() => new PairwiseBoltzmannMachine(3).Energy(torch.zeros([2, 4]))).Message.ShouldContain("[..., 3], got [2, 4]");
        Should.Throw<InvalidOperationException>(() => new PairwiseBoltzmannMachine(23).Enumerate());
        Should.Throw<InvalidOperationException>(() => new RestrictedBoltzmannMachine(26, 30).LogPartition()).Message.ShouldContain("at most 25 units");
    }

    private static double Largest(Tensor t) => t.abs().max().Number();
}
