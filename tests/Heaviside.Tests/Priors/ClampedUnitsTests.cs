using Heaviside.Priors;

namespace Heaviside.Tests.Priors;

/// <summary>Machines some of whose parameters are far larger than the others, as where units are clamped: every path has the law of the machine.</summary>
public class ClampedUnitsTests
{
    public static TheoryData<GibbsPath> Paths => [.. Enum.GetValues<GibbsPath>()];

    // Of 200,000 independent chains a mean fails at 4.5 standard errors for a correct sampler once in 150,000 seeds.
    [Theory]
    [MemberData(nameof(Paths))]
    public void Sample_OneHugeBias_LeavesTheOtherUnitsAsTheyAre(GibbsPath path)
    {
        const int Chains = 200_000;
        var machine = new RestrictedBoltzmannMachine(3, 2);
        using var _ = torch.no_grad();
        machine.LeftBias.copy_(torch.tensor([1e5f, 1, -1]));
        machine.RightBias.copy_(torch.tensor([2f, -0.5f]));
        var means = Means(Sampler(machine, Chains, path).Sample(1));
        double[] expected = [1, 0.731059, 0.268941, 0.880797, 0.377541];
        for (var i = 0; i < 5; i++) means[i].ShouldBe(expected[i], (4.5 * Math.Sqrt(expected[i] * (1 - expected[i]) / Chains)) + 1e-6);
    }

    // The clamped unit's weights are as a bias of the right side: the same machine without it is known.
    [Theory]
    [MemberData(nameof(Paths))]
    public void Sample_ClampedUnitWithWeightsThatABiasCancels_HasTheMomentsOfTheRest(GibbsPath path)
    {
        var rest = Machines.Restricted(5, 4);
        var machine = new RestrictedBoltzmannMachine(6, 4);
        using var _ = torch.no_grad();
        machine.LeftBias[0].fill_(1e6);
        machine.LeftBias.narrow(0, 1, 5).copy_(rest.LeftBias);
        machine.Weights.narrow(1, 1, 5).copy_(rest.Weights);
        machine.Weights.select(1, 0).fill_(4096); // a power of two: the sum with the bias is exact in single precision but for its last digits
        machine.RightBias.copy_(rest.RightBias - 4096);
        var sampler = Sampler(machine, 20_000, path);
        var z = sampler.Sample(41);
        z.select(1, 0).min().Number().ShouldBe(1);
        using var rounded = new RestrictedBoltzmannMachine(5, 4);
        rounded.LeftBias.copy_(rest.LeftBias);
        rounded.Weights.copy_(rest.Weights);
        rounded.RightBias.copy_(machine.RightBias + 4096);
        Machines.Deviation(z.narrow(1, 1, 9), Machines.Moments(rounded)).ShouldBeLessThan(4.5);
    }

    // One unit makes the next certain: without them nothing is left to round.
    [Theory]
    [MemberData(nameof(Paths))]
    public void Sample_UnitsThatAreCertainInTurn_AreWhatTheyMustBe(GibbsPath path)
    {
        var machine = new RestrictedBoltzmannMachine(3, 3);
        using var _ = torch.no_grad();
        machine.LeftBias.copy_(torch.tensor([3000f, 0, 0]));
        machine.RightBias.copy_(torch.tensor([-1000f, 0, 1]));
        machine.Weights.copy_(torch.tensor([2000f, 0, 0, 0, -500, 0, 0, 0, 0], [3, 3])); // the first right unit is 1
        machine.Weights[0, 1].fill_(-400); // so the second left unit is 0
        var sampler = Sampler(machine, 2000, path);
        var means = Means(sampler.Sample(6));
        (means[0], means[1], means[3]).ShouldBe((1, 0, 1));
        foreach (var (unit, p) in new[] { (2, 0.5), (4, 0.5), (5, 0.731059) }) means[unit].ShouldBe(p, 0.06);
        if (path is GibbsPath.Quantized) sampler.PathTaken.ShouldNotBe(GibbsPath.Tables);
    }

    // Of 399 means one fails at 5 standard errors for a correct sampler once in 4,000 seeds.
    [Fact]
    public void Sample_200x200WithOneUnitClamped_HasTheMeansOfTheOthers()
    {
        const int Chains = 10_000;
        var machine = Machines.Restricted(200, 200, 1);
        using var _ = torch.no_grad();
        machine.Weights.zero_();
        machine.LeftBias[7].fill_(1000);
        var sampler = Sampler(machine, Chains, GibbsPath.Quantized);
        var means = Means(sampler.Sample(1));
        var expected = torch.cat([machine.LeftBias, machine.RightBias]).to(torch.float64).sigmoid().ToArray<double>();
        for (var i = 0; i < 400; i++) means[i].ShouldBe(expected[i], (5 * Math.Sqrt(expected[i] * (1 - expected[i]) / Chains)) + 1e-9);
        sampler.PathTaken.ShouldNotBe(GibbsPath.Tables);
    }

    [Fact]
    public void Sample_WeightsTooLargeForTheGrid_AreTakenAsTheyAreAndItIsSaid()
    {
        var machine = Machines.Restricted(8, 8);
        var sampler = Sampler(machine, 20_000, GibbsPath.Quantized);
        sampler.PathTaken.ShouldBeNull();
        sampler.Sample(1);
        sampler.PathTaken.ShouldBeOneOf(GibbsPath.Quantized, GibbsPath.Portable);
        sampler.Remarks.ShouldBeEmpty();

        using var _ = torch.no_grad();
        machine.Weights[0, 0].fill_(3000);
        machine.LeftBias[0].fill_(-1500);
        machine.RightBias[0].fill_(-1500); // the two are 1 or 0 together, and neither is certain
        sampler.Sample(1);
        sampler.PathTaken.ShouldBe(GibbsPath.Tables);
        sampler.Remarks.Single().ShouldContain("single precision");
        sampler.States.select(1, 0).IsSame(sampler.States.select(1, 8)).ShouldBeTrue();

        machine.Weights[0, 0].fill_(1);
        machine.LeftBias[0].fill_(0);
        machine.RightBias[0].fill_(0);
        sampler.Sample(1);
        sampler.PathTaken.ShouldNotBe(GibbsPath.Tables);
        sampler.Remarks.ShouldBeEmpty();
    }

    // What the benchmark and the documentation call ordinary stays on the fast path.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Sample_OrdinaryWeights_StayOnTheGrid(double scale)
    {
        var sampler = Sampler(Machines.Restricted(200, 200, scale), 25, GibbsPath.Quantized);
        sampler.Sample(1);
        sampler.PathTaken.ShouldBeOneOf(GibbsPath.Quantized, GibbsPath.Portable);
    }

    private static double[] Means(Tensor z) => z.to(torch.float64).mean([0]).ToArray<double>();

    private static GibbsSampler Sampler(RestrictedBoltzmannMachine machine, int chains, GibbsPath path)
    {
        using var rng = new Generator(2);
        return new(machine, chains, rng) { Path = path };
    }
}
