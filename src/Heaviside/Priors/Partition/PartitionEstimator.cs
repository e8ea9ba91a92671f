using Heaviside.Kernels;

namespace Heaviside.Priors.Partition;

/// <summary>Computes or estimates log Z of a Boltzmann machine, which the exact log-likelihood of a model with such a prior needs.</summary>
/// <remarks>
/// <para>All sampling estimators go from independent units, whose Z is a product, to the machine: the laws in between are proportional to
/// exp(-E_0(z) + beta w(z)) with w = E_0 - E and beta from 0 to 1. E_0 has the machine's biases or nothing, see <see cref="PartitionBase"/>.</para>
/// <para><c>docs/methods/partition-functions.md</c> says how the estimates work and how to read their errors.</para>
/// </remarks>
public abstract class PartitionEstimator
{
    /// <summary>The name, as the catalogue has it.</summary>
    public abstract string Name { get; }

    /// <summary>The most threads to use, 1 or more; default <see cref="Team.Threads"/>. The estimate does not depend on it.</summary>
    public int? Threads
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "must be 1 or more");
    }

    /// <summary>Estimates log Z in nats. A machine that is not restricted is enumerated, whatever the method.</summary>
    /// <param name="machine">The machine; its parameters are read now, in single precision by sampling estimators.</param>
    /// <param name="rng">Where the keys of all random streams come from.</param>
    /// <param name="progress">Told from time to time, on the calling thread.</param>
    /// <param name="cancellation">Stops the estimate.</param>
    /// <exception cref="InputException">The method cannot serve a machine of that size.</exception>
    /// <exception cref="InvalidOperationException">A parameter is not finite; the message names it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public PartitionEstimate Estimate(BoltzmannMachine machine, Generator rng, Action<PartitionProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        machine.RequireFinite();
        return machine is RestrictedBoltzmannMachine restricted
            ? EstimateOf(restricted, rng, new(Threads ?? Team.Threads, progress, cancellation))
            : ExactPartition.OfAny(machine);
    }

    /// <summary>The estimate for a restricted machine as part of other work.</summary>
    internal PartitionEstimate EstimateWith(RestrictedBoltzmannMachine machine, Generator rng, PartitionWork work) => EstimateOf(machine, rng, work);

    /// <summary>The estimate for a restricted machine, without gradients.</summary>
    private protected abstract PartitionEstimate EstimateOf(RestrictedBoltzmannMachine machine, Generator rng, PartitionWork work);
}
