using Heaviside.Configuration;
using Heaviside.Priors;
using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors.Partition;

public class PartitionCatalogTests
{
    [Fact]
    public void Methods_AllInTheLibrary_AreInTheCatalogue() =>
        PartitionCatalog.All.Select(e => e.Create(new()).GetType()).Append(typeof(AutomaticPartition))
            .ShouldBe(typeof(PartitionEstimator).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(PartitionEstimator))), ignoreOrder: true);

    [Fact]
    public void Create_Names_AreThoseOfTheMethods()
    {
        foreach (var entry in PartitionCatalog.All)
        {
            entry.Create(new()).Name.ShouldBe(entry.Name);
            PartitionSettings.Create(new(new Dictionary<string, string> { ["partition"] = entry.Name })).Name.ShouldBe(entry.Name);
        }

        Should.Throw<InputException>(() => PartitionCatalog.All.Find("mbr")).Message.ShouldContain("did you mean 'mbar'");
    }

    [Fact]
    public void Create_Settings_ReachTheMethods()
    {
        var settings = new Settings(new Dictionary<string, string>
        {
            ["partition"] = "mbar",
            ["partition-replicas"] = "24",
            ["partition-runs"] = "3",
            ["partition-sweeps"] = "500",
            ["partition-burn-in"] = "7",
            ["partition-exchange-rate"] = "0.4",
            ["partition-pilot-sweeps"] = "99",
            ["partition-tempering-base"] = "uniform",
        });
        PartitionSettings.Create(settings).ShouldBeOfType<MultistateBennett>().Tempering
            .ShouldBe(new() { Replicas = 24, Runs = 3, Sweeps = 500, BurnIn = 7, ExchangeRate = 0.4, PilotSweeps = 99, Base = PartitionBase.Uniform });
        settings.EnsureAllRead();
        var ais = PartitionCatalog.All.Find("ais").Create(new(new Dictionary<string, string> { ["partition-betas"] = "5", ["partition-chains"] = "6", ["partition-annealing-base"] = "biases" })).ShouldBeOfType<AnnealedImportanceSampling>();
        (ais.Betas, ais.Chains, ais.Base).ShouldBe((5, 6, PartitionBase.Biases));
    }

    [Fact]
    public void Create_AllOfTheSameSettings_ReadsThemAlike()
    {
        var settings = new Settings();
        foreach (var entry in PartitionCatalog.All) entry.Create(settings);
        PartitionSettings.Create(settings, sampling: "bar").Name.ShouldBe("auto");
        settings.Resolved.Select(s => s.Key).ShouldBeUnique();
    }

    [Fact]
    public void Create_Auto_IsExactForSmallMachines()
    {
        var method = PartitionSettings.Create(new(), sampling: "bar").ShouldBeOfType<AutomaticPartition>();
        method.For(new RestrictedBoltzmannMachine(20, 100)).Name.ShouldBe("exact");
        method.For(new RestrictedBoltzmannMachine(21, 100)).Name.ShouldBe("bar");
        method.For(new PairwiseBoltzmannMachine(30)).Name.ShouldBe("exact");
        using var rng = new Generator(1);
        method.Estimate(Machines.TwoByTwo(), rng).LogPartition.ShouldBe(3.8376657424, 1e-9);
    }

    [Fact]
    public void Comparison_EqualTempering_SamplesOnce()
    {
        var tempering = new ParallelTempering { BurnIn = 100, Sweeps = 100, Runs = 4 };
        PartitionEstimator[] methods =
        [
            new BridgeSampling { Tempering = tempering },
            new ExactPartition(),
            new MultistateBennett { Tempering = tempering with { } },
            new MultistateBennett { Tempering = tempering with { Sweeps = 200 } },
        ];
        var sampled = new List<long>();
        using var rng = new Generator(1);
        var estimates = PartitionComparison.Estimate(methods, Machines.Restricted(6, 7), rng, p => { if (p is { Phase: "sampling" } && p.Done == p.Total) sampled.Add(p.Total); }).ToList();
        estimates.Select(e => e.Method).ShouldBe(["bar", "exact", "mbar", "mbar"]);
        sampled.ShouldBe([100L, 200]);
        estimates[2].Tempering!.Betas.ShouldBe(estimates[0].Tempering!.Betas);
    }
}
