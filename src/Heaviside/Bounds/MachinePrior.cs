using Heaviside.Distributions;
using Heaviside.Priors;

namespace Heaviside.Bounds;

/// <summary>A Boltzmann machine of all bits of the posterior.</summary>
internal sealed class MachinePrior(BoltzmannMachine machine, LogPartition? logPartition) : Prior
{
    private readonly LogPartition logPartition = logPartition ?? Exact(machine);

    /// <inheritdoc/>
    public override LogPartition Apart => logPartition;

    /// <inheritdoc/>
    public override Tensor LogProb(DiscreteDistribution q, Tensor b) => -machine.Energy(b);

    private static LogPartition Exact(BoltzmannMachine machine)
    {
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return new(machine.LogPartition().Number(), machine.LogPartition);
    }
}
