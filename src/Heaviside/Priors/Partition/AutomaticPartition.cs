
namespace Heaviside.Priors.Partition;

/// <summary>The exact sum where the smaller side has at most 20 units, which takes milliseconds; a sampling method otherwise.</summary>
/// <param name="sampling">The method for larger machines.</param>
public sealed class AutomaticPartition(PartitionEstimator sampling) : PartitionEstimator
{
    private const int MostExactUnits = 20;

    /// <inheritdoc/>
    public override string Name => "auto";

    /// <summary>The method that is taken for a machine.</summary>
    public PartitionEstimator For(BoltzmannMachine machine) =>
        machine is RestrictedBoltzmannMachine { Left: var left, Right: var right } && Math.Min(left, right) > MostExactUnits
            ? sampling
            : new ExactPartition { Threads = Threads };

    /// <inheritdoc/>
    private protected override PartitionEstimate EstimateOf(RestrictedBoltzmannMachine machine, Generator rng, PartitionWork work) =>
        For(machine).EstimateWith(machine, rng, work);
}
