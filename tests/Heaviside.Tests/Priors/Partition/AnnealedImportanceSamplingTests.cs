using System.Text.Json.Nodes;
using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors.Partition;

public class AnnealedImportanceSamplingTests
{
    // The mean weight is unbiased also where steps are few and weights vary much.
    [Fact]
    public void Estimate_FewBetas_IsTheMeanOfWeightsThatAreUnbiased()
    {
        var machine = Machines.Restricted(5, 3, 1);
        var exact = machine.LogPartition().Number();
        var estimate = Ais(machine, betas: 3, chains: 200_000);
        Math.Abs(estimate.LogPartition - exact).ShouldBeLessThan(4.5 * estimate.StandardError);
        estimate.StandardError.ShouldBeLessThan(0.01);
    }

    // One step is plain importance sampling from independent units, whose variance is known: E[w^2] / E[w]^2 = Z_2 Z_0 / Z_1^2.
    [Fact]
    public void Estimate_OneBeta_StatesTheErrorThatWeightsHave()
    {
        const int Chains = 100_000;
        var machine = Machines.Restricted(4, 4, 0.5);
        double LogZ(double beta) => Machines.Tempered(machine, beta).LogPartition().Number();
        var excess = Math.Exp(LogZ(2) + LogZ(0) - (2 * LogZ(1))) - 1;
        var estimate = Ais(machine, betas: 1, Chains);
        estimate.Annealing!.ErrorOfWeights.ShouldBe(Math.Sqrt(excess / Chains), 0.05 * Math.Sqrt(excess / Chains));
        estimate.Annealing.ErrorOfGroups.ShouldBeInRange(0.4 * estimate.Annealing.ErrorOfWeights, 2 * estimate.Annealing.ErrorOfWeights);
        estimate.Annealing.EffectiveChains.ShouldBe(Chains / (1 + excess), 0.05 * Chains);
    }

    [Fact]
    public void Estimate_NoWeights_IsExact()
    {
        var machine = Machines.Restricted(30, 40);
        using (torch.no_grad()) machine.Weights.zero_();
        var estimate = Ais(machine, betas: 10, chains: 50);
        estimate.LogPartition.ShouldBe(Machines.Tempered(machine, 1).RightBias.to(torch.float64).exp().log1p().sum().Number()
            + machine.LeftBias.to(torch.float64).exp().log1p().sum().Number(), 1e-10);
        (estimate.StandardError, estimate.IsExact, estimate.HasKnownError).ShouldBe((0, true, true));
    }

    // Nearly all of the second mode's weight lies where no chain of the base comes: log Z is 0.69344, and all weights are 1.
    [Fact]
    public void Estimate_EqualWeights_DoesNotKnowItsError()
    {
        var machine = Machines.Restricted(24, 24);
        using (torch.no_grad())
        {
            machine.Weights.fill_(1);
            machine.LeftBias.fill_(-12);
            machine.RightBias.fill_(-12);
        }

        var estimate = Ais(machine, betas: 100, chains: 50);
        estimate.LogPartition.ShouldBe(0.0003, 1e-4);
        (estimate.StandardError, estimate.IsExact, estimate.HasKnownError).ShouldBe((double.PositiveInfinity, false, false));
        estimate.Annealing!.EffectiveChains.ShouldBe(50, 1e-9);
        JsonNode.Parse(estimate.ToJson().ToJsonString())!["standard-error"].ShouldBeNull();
    }

    // Weights so different that those of most groups are 0 beside the largest.
    [Fact]
    public void Estimate_GroupsThatUnderflow_HasFiniteErrors()
    {
        var machine = Machines.Restricted(60, 60, 30);
        var estimate = Ais(machine, betas: 1, chains: 40);
        double.IsFinite(estimate.StandardError).ShouldBeTrue();
        estimate.StandardError.ShouldBeGreaterThan(1);
        estimate.ToJson().ToJsonString().ShouldContain("error-of-groups");
    }

    [Fact]
    public void Settings_WrongValues_AreNamed()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new AnnealedImportanceSampling { Betas = 0 }).ParamName.ShouldBe("Betas");
        Should.Throw<ArgumentOutOfRangeException>(() => new AnnealedImportanceSampling { Chains = 1 }).ParamName.ShouldBe("Chains");
        Should.Throw<ArgumentOutOfRangeException>(() => new AnnealedImportanceSampling { Base = (PartitionBase)7 }).ParamName.ShouldBe("Base");
        Should.Throw<ArgumentOutOfRangeException>(() => new AnnealedImportanceSampling { Threads = 0 }).ParamName.ShouldBe("Threads");
    }

    private static PartitionEstimate Ais(Heaviside.Priors.RestrictedBoltzmannMachine machine, int betas, int chains)
    {
        using var rng = new Generator(3);
        return new AnnealedImportanceSampling { Betas = betas, Chains = chains, Base = PartitionBase.Biases }.Estimate(machine, rng);
    }
}
