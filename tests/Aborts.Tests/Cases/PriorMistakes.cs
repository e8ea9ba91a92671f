using Heaviside.Priors;

namespace Aborts.Tests.Cases;

/// <summary>States that do not fit a Boltzmann machine.</summary>
internal static class PriorMistakes
{
    internal static IReadOnlyList<Mistake> All { get; } =
    [
        .. Of("restricted", () => new RestrictedBoltzmannMachine(2, 3)),
        .. Of("pairwise", () => new PairwiseBoltzmannMachine(5)),
        .. Of("factorial", () => new FactorialMachine(5)),
        .. Of("multilinear", () => new MultilinearBoltzmannMachine(5, [[0], [1, 2], [3, 4]])),
        new("restricted machine: left units of another number", () => new RestrictedBoltzmannMachine(2, 3).RightLogits(torch.zeros(7, 3)), "left", "[..., 2]", "[7, 3]"),
        new("restricted machine: right units of another number", () => new RestrictedBoltzmannMachine(2, 3).LeftLogits(torch.zeros(7, 2)), "right", "[..., 3]", "[7, 2]"),
        new("restricted machine: free energy of another number", () => new RestrictedBoltzmannMachine(2, 3).FreeEnergy(torch.zeros(7, 3)), "left", "[..., 2]", "[7, 3]"),
        new("restricted machine: free energy of another type", () => new RestrictedBoltzmannMachine(2, 3).FreeEnergy(torch.zeros([7, 2], ScalarType.Float64)), "Float64"),
        new("restricted machine: too many units to sum over", () => new RestrictedBoltzmannMachine(40, 40).LogPartition(), "40 x 40"),
        new("multilinear machine: a unit that there is not", () => new MultilinearBoltzmannMachine(3, [[0, 3]]), "terms", "[0, 3]"),
        new("machine: no units", () => new PairwiseBoltzmannMachine(0), "units"),
        new("sampler: no chains", () => new GibbsSampler(new(2, 3), 0, LawMistakes.Rng()), "chains"),
        new("sampler: states of another machine", () => new GibbsSampler(new(2, 3), 4, LawMistakes.Rng()).LoadState(new GibbsSampler(new(2, 4), 4, LawMistakes.Rng()).state_dict()), "'states'", "[4, 6]", "[4, 5]"),
    ];

    private static IEnumerable<Mistake> Of(string name, Func<BoltzmannMachine> machine) =>
    [
        new($"{name} machine: energy of other units", () => machine().Energy(torch.zeros(7, 4)), "ArgumentException", "z: ", "[..., 5]", "[7, 4]"),
        new($"{name} machine: energy of a number", () => machine().Energy(torch.zeros([])), "z: ", "[..., 5]", "[]"),
        new($"{name} machine: energy of another type", () => machine().Energy(torch.zeros([7, 5], ScalarType.Float64)), "Float64"),
        new($"{name} machine: logit of other units", () => machine().ConditionalLogit(torch.zeros(7, 4), 0), "z: ", "[..., 5]", "[7, 4]"),
        new($"{name} machine: logit of a unit that there is not", () => machine().ConditionalLogit(torch.zeros(7, 5), 5), "unit"),
        new($"{name} machine: samples of other units", () => machine().LogPartitionSurrogate(torch.zeros(7, 4)), "samples", "[?, 5]", "[7, 4]"),
        new($"{name} machine: samples without chains", () => machine().LogPartitionSurrogate(torch.zeros(5)), "samples", "[?, 5]", "[5]"),
    ];
}
