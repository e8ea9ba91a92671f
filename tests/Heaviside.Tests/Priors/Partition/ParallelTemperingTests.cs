using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors.Partition;

public class ParallelTemperingTests
{
    // The last state of each run: samples of one beta are independent. Exchanges that were not balanced would change their laws.
    [Theory]
    [InlineData(PartitionBase.Biases, 4, 4, 1.5)]
    [InlineData(PartitionBase.Uniform, 3, 5, 0.7)]
    [InlineData(PartitionBase.Biases, 2, 1, 4)]
    public void Exchange_SmallMachine_KeepsTheLawOfEachBeta(PartitionBase from, int left, int right, double scale)
    {
        const int Runs = 10_000, Sweeps = 60;
        float[] betas = [0, 0.2f, 0.5f, 1];
        var machine = Machines.Restricted(left, right, scale);
        using var rng = new Generator(3);
        var sums = new double[betas.Length, 2];
        new ReplicaExchange(machine, from, betas, Runs, rng).Advance("test", Sweeps, new(1, null, default), (sweep, _, gains) =>
        {
            for (var i = 0; i < betas.Length && sweep == Sweeps - 1; i++)
                foreach (var (power, sum) in new[] { (1, 0), (2, 1) }) sums[i, sum] += Math.Pow(gains[i], power) / Runs;
        });

        using var _ = torch.no_grad();
        var (all, none) = (Machines.Tempered(machine, 1), Machines.Tempered(machine, 0, from));
        var w = none.Energy(all.Enumerate()) - all.Energy(all.Enumerate());
        for (var i = 0; i < betas.Length; i++)
        {
            var p = (-Machines.Tempered(machine, betas[i], from).Energy(all.Enumerate())).softmax(0);
            double Mean(Tensor values) => (p * values).sum().Number();
            foreach (var (power, sum) in new[] { (1, 0), (2, 1) })
            {
                var exact = Mean(w.pow(power));
                var error = Math.Sqrt((Mean(w.pow(2 * power)) - (exact * exact)) / Runs);
                Math.Abs(sums[i, sum] - exact).ShouldBeLessThan(4.5 * error, $"beta {betas[i]}, power {power}");
            }
        }
    }

    // Two betas whose replicas always change places: with weights of 0 every exchange is accepted.
    [Fact]
    public void Sample_NoWeights_ExchangesAlwaysAndCountsEveryTrip()
    {
        var machine = Machines.Restricted(6, 5);
        using (torch.no_grad()) machine.Weights.zero_();
        using var rng = new Generator(1);
        var tempering = new ParallelTempering { Runs = 3, BurnIn = 0, Sweeps = 400 };
        var estimate = new BridgeSampling { Tempering = tempering }.Estimate(machine, rng);
        var report = estimate.Tempering!;
        report.Betas.ShouldBe([0, 1]);
        report.ExchangeRates.ShouldBe([1.0]);
        report.RoundTrips.ShouldBe([198L, 198, 198], "200 exchanges take each of two replicas there and back 100 times, but for the first trip");
        report.AutocorrelationTimes.ShouldBe([1.0, 1]);
        report.Samples.ShouldBe([1200L, 1200]);
        estimate.LogPartition.ShouldBe(machine.LogPartition().Number(), 1e-10);
        (estimate.StandardError, estimate.IsExact).ShouldBe((0, true));
    }

    // All units are 0 in every state that was recorded: what other states there are, no run can tell.
    [Theory]
    [InlineData("bar")]
    [InlineData("mbar")]
    public void Estimate_RunsThatAreEqual_DoesNotKnowItsError(string method)
    {
        var machine = Machines.Restricted(12, 12);
        using (torch.no_grad())
        {
            machine.Weights.fill_(0.01);
            machine.LeftBias.fill_(-19);
            machine.RightBias.fill_(-19);
        }

        using var rng = new Generator(1);
        var tempering = new ParallelTempering { Runs = 3, BurnIn = 10, Sweeps = 100, PilotSweeps = 20 };
        PartitionEstimator estimator = method == "bar" ? new BridgeSampling { Tempering = tempering } : new MultistateBennett { Tempering = tempering };
        var estimate = estimator.Estimate(machine, rng);
        (estimate.StandardError, estimate.IsExact, estimate.HasKnownError).ShouldBe((double.PositiveInfinity, false, false));
    }

    [Theory]
    [InlineData(0.3, 0.5)]
    [InlineData(1.5, 0.5)]
    [InlineData(1.5, 0.25)]
    public void Pilot_AnyMachine_FindsTheExchangeRate(double scale, double rate)
    {
        var machine = Machines.Restricted(40, 30, scale);
        using var rng = new Generator(2);
        var tempering = new ParallelTempering { ExchangeRate = rate, BurnIn = 200, Sweeps = 1000 };
        var report = new BridgeSampling { Tempering = tempering }.Estimate(machine, rng).Tempering!;
        report.Betas[0].ShouldBe(0);
        report.Betas[^1].ShouldBe(1);
        report.ExchangeRates.ShouldAllBe(r => r > rate - 0.1 && r < rate + 0.15);
        report.Betas.Zip(report.Betas.Skip(1), (a, b) => b > a).ShouldAllBe(increases => increases);
    }

    [Fact]
    public void Pilot_GivenReplicas_HasEvenRates()
    {
        var machine = Machines.Restricted(40, 30, 0.5);
        using var rng = new Generator(2);
        var report = new BridgeSampling { Tempering = new() { Replicas = 5, BurnIn = 200, Sweeps = 1000 } }.Estimate(machine, rng).Tempering!;
        report.Betas.Count.ShouldBe(5);
        (report.ExchangeRates.Max() - report.ExchangeRates.Min()).ShouldBeLessThan(0.12);
    }

    [Fact]
    public void Settings_WrongValues_AreNamed()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ParallelTempering { ExchangeRate = 1 }).ParamName.ShouldBe("ExchangeRate");
        Should.Throw<ArgumentOutOfRangeException>(() => new ParallelTempering { Base = (PartitionBase)7 }).ParamName.ShouldBe("Base");
        Should.Throw<ArgumentOutOfRangeException>(() => new ParallelTempering { Replicas = 1 }).ParamName.ShouldBe("Replicas");
        Should.Throw<ArgumentOutOfRangeException>(() => new ParallelTempering { Runs = 1 }).ParamName.ShouldBe("Runs");
        Should.Throw<ArgumentOutOfRangeException>(() => new ParallelTempering { PilotSweeps = 19 }).ParamName.ShouldBe("PilotSweeps");
        Should.Throw<ArgumentOutOfRangeException>(() => new ParallelTempering { BurnIn = -1 }).ParamName.ShouldBe("BurnIn");
        Should.Throw<ArgumentOutOfRangeException>(() => new ParallelTempering { Sweeps = 99 }).ParamName.ShouldBe("Sweeps");
    }
}
