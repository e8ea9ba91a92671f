using Heaviside.Configuration;
using Heaviside.Priors;
using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors.Partition;

/// <summary>What every method of the catalogue must do.</summary>
public class PartitionLaws
{
    // Enough to be right, so little that the error is seen.
    private static readonly Settings Short = new(new Dictionary<string, string>
    {
        ["partition-chains"] = "200",
        ["partition-betas"] = "200",
        ["partition-burn-in"] = "200",
        ["partition-sweeps"] = "1000",
        ["partition-pilot-sweeps"] = "300",
    });

    public static TheoryData<string> Names => [.. PartitionCatalog.All.Names];

    public static TheoryData<string, int, int, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, double>();
            foreach (var name in PartitionCatalog.All.Names)
                foreach (var (left, right, scale) in new[] { (2, 2, 1.0), (1, 9, 2), (5, 3, 0.7), (8, 8, 0), (12, 17, 0.5), (20, 20, 0.3), (20, 20, 1) })
                    cases.Add(name, left, right, scale);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimate_AnyMachine_IsWithinItsError(string name, int left, int right, double scale)
    {
        var machine = Machines.Restricted(left, right, scale);
        var exact = machine.LogPartition().Number();
        var estimate = Estimate(name, machine);
        estimate.Method.ShouldBe(name);
        Math.Abs(estimate.LogPartition - exact).ShouldBeLessThanOrEqualTo((4.5 * estimate.StandardError) + (1e-8 * exact));
        estimate.StandardError.ShouldBeLessThan(scale > 0.7 ? 0.2 : 0.05);
        estimate.ToJson()["log-z"]!.GetValue<double>().ShouldBe(estimate.LogPartition);
    }

    // Errors that are too small or too large on average: squares of ratios have the mean 1, a little more as errors are estimates too.
    [Theory]
    [InlineData("ais")]
    [InlineData("bar")]
    [InlineData("mbar")]
    public void StandardError_ManyEstimates_IsTheirDeviation(string name)
    {
        const int Repeats = 40;
        var machine = Machines.Restricted(10, 12, 0.6);
        var exact = machine.LogPartition().Number();
        var squares = Enumerable.Range(0, Repeats).Average(i =>
        {
            var estimate = Estimate(name, machine, seed: (ulong)i);
            return Math.Pow((estimate.LogPartition - exact) / estimate.StandardError, 2);
        });
        squares.ShouldBeInRange(0.4, 2.2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_AnyThreads_IsTheSame(string name)
    {
        var machine = Machines.Restricted(15, 11, 0.5);
        var one = Estimate(name, machine, threads: 1);
        foreach (var threads in new[] { 2, 3 })
        {
            var more = Estimate(name, machine, threads: threads);
            (more.LogPartition, more.StandardError).ShouldBe((one.LogPartition, one.StandardError));
            more.ToJson().ToJsonString().ShouldBe(one.ToJson().ToJsonString());
        }

        if (name != "exact") Estimate(name, machine, seed: 9).LogPartition.ShouldNotBe(one.LogPartition);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_Canceled_Stops(string name)
    {
        using var rng = new Generator(1);
        using var source = new CancellationTokenSource();
        var reports = 0;
        void Stop(PartitionProgress progress)
        {
            progress.Done.ShouldBeInRange(1, progress.Total);
            if (++reports == 2) source.Cancel();
        }

        Should.Throw<OperationCanceledException>(() => Create(name).Estimate(Machines.Restricted(15, 15, 0.5), rng, Stop, source.Token));
        reports.ShouldBe(2);
    }

    // Two groups of units that exclude each other: chains at beta 1 stay in the one that they begin in.
    [Theory]
    [InlineData("bar")]
    [InlineData("mbar")]
    public void Estimate_ModesThatChainsDoNotLeave_AreBothCounted(string name)
    {
        var machine = TwoModes(12);
        using var rng = new Generator(5);
        var chains = new GibbsSampler(machine, 100, rng);
        using var before = Mode(chains.Sample(50));
        before.IsSame(Mode(chains.Sample(300))).ShouldBeTrue();
        before.to(torch.float64).mean().Number().ShouldBeInRange(0.2, 0.8);

        var estimate = Estimate(name, machine);
        Math.Abs(estimate.LogPartition - machine.LogPartition().Number()).ShouldBeLessThan(4.5 * estimate.StandardError);
        estimate.StandardError.ShouldBeLessThan(0.2);
        estimate.Tempering!.RoundTrips.Sum().ShouldBeGreaterThan(50);
        Tensor Mode(Tensor z) => z.slice(1, 0, 6).sum(-1).gt(z.slice(1, 6, 12).sum(-1));
    }

    // Negative biases and positive weights: nearly no unit is 1 at smaller betas, nearly all are at beta 1, and no chain gets from one to the
    // other. Chains that begin at scattered states disagree, which the error must say; from a uniform base there is no such gap.
    [Fact]
    public void Estimate_ModesThatTheBiasesHide_HasALargeErrorOrIsRightFromAUniformBase()
    {
        var machine = new RestrictedBoltzmannMachine(14, 14);
        using var _ = torch.no_grad();
        machine.Weights.fill_(12.0 / 14);
        machine.LeftBias.fill_(-5.9);
        machine.RightBias.fill_(-5.9);
        var exact = machine.LogPartition().Number();
        var hidden = Estimate("bar", machine);
        hidden.StandardError.ShouldBeGreaterThan(1);
        Math.Abs(hidden.LogPartition - exact).ShouldBeLessThan(4.5 * hidden.StandardError);
        var seen = Estimate("bar", machine, from: "uniform");
        seen.StandardError.ShouldBeLessThan(0.1);
        Math.Abs(seen.LogPartition - exact).ShouldBeLessThan(4.5 * seen.StandardError);
    }

    [Theory]
    [InlineData("ais", "biases")]
    [InlineData("ais", "uniform")]
    [InlineData("bar", "biases")]
    [InlineData("bar", "uniform")]
    [InlineData("mbar", "uniform")]
    public void Estimate_AnyBase_IsWithinItsError(string name, string from)
    {
        var machine = Machines.Restricted(17, 13, 0.8);
        var estimate = Estimate(name, machine, from: from);
        Math.Abs(estimate.LogPartition - machine.LogPartition().Number()).ShouldBeLessThan(4.5 * estimate.StandardError);
        estimate.StandardError.ShouldBeLessThan(0.2);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Estimates_200x200_AgreeToAHundredth()
    {
        var machine = Machines.Restricted(200, 200, 0.15);
        using var rng = new Generator(8);
        var ais = new AnnealedImportanceSampling { Betas = 2000 }.Estimate(machine, rng);
        var bar = new BridgeSampling { Tempering = new() { BurnIn = 500, Sweeps = 12_000 } }.Estimate(machine, rng);
        bar.StandardError.ShouldBeLessThan(0.01);
        ais.StandardError.ShouldBeLessThan(0.015);
        Math.Abs(ais.LogPartition - bar.LogPartition).ShouldBeLessThan(4.5 * Math.Sqrt(Math.Pow(ais.StandardError, 2) + Math.Pow(bar.StandardError, 2)));
    }

    private static RestrictedBoltzmannMachine TwoModes(int side)
    {
        var machine = new RestrictedBoltzmannMachine(side, side);
        using var _ = torch.no_grad();
        machine.Weights.fill_(-1);
        machine.Weights.slice(0, 0, side / 2).slice(1, 0, side / 2).fill_(1);
        machine.Weights.slice(0, side / 2).slice(1, side / 2).fill_(1.02f);
        return machine;
    }

    private static PartitionEstimator Create(string name, string? from = null) => PartitionCatalog.All.Find(name).Create(from is null
        ? new(Short.Given)
        : Short.With(new Dictionary<string, string> { ["partition-annealing-base"] = from, ["partition-tempering-base"] = from }));

    private static PartitionEstimate Estimate(string name, BoltzmannMachine machine, ulong seed = 2, int? threads = null, string? from = null)
    {
        using var rng = new Generator(seed);
        PartitionEstimator method = Create(name, from) switch
        {
            AnnealedImportanceSampling ais => new AnnealedImportanceSampling { Betas = ais.Betas, Chains = ais.Chains, Base = ais.Base, Threads = threads },
            BridgeSampling bar => new BridgeSampling { Tempering = bar.Tempering, Threads = threads },
            MultistateBennett mbar => new MultistateBennett { Tempering = mbar.Tempering, Threads = threads },
            _ => new ExactPartition { Threads = threads },
        };
        return method.Estimate(machine, rng);
    }
}
