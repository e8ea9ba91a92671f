
namespace Heaviside.Priors.Partition;

/// <summary>log Z as the sum over all states of one side, the other side summed out: Z = sum over z1 of e^(a z1) prod_j (1 + e^(b_j + (W z1)_j)).</summary>
/// <remarks>In double precision. Up to 25 units on the smaller side, which take seconds, 20 units milliseconds.
/// Machines that are not restricted: up to 22 units.</remarks>
public sealed class ExactPartition : PartitionEstimator
{
    /// <summary>The most units that the smaller side of a restricted machine may have.</summary>
    public const int MostUnits = RestrictedBoltzmannMachine.MostSummedUnits;

    /// <inheritdoc/>
    public override string Name => "exact";

    /// <inheritdoc/>
    private protected override PartitionEstimate EstimateOf(RestrictedBoltzmannMachine machine, Generator rng, PartitionWork work)
    {
        var units = Math.Min(machine.Left, machine.Right);
        if (units > MostUnits)
            throw new InputException($"log Z of {machine.Left} x {machine.Right} units cannot be computed exactly: at most {MostUnits} units of the smaller side can be summed over; choose ais, bar or mbar");
        var sum = GrayCodeSum.Of(machine);
        return Exact(sum?.LogPartition(work) ?? machine.LogPartition().Number());
    }

    /// <summary>The estimate for a machine of any energy.</summary>
    internal static PartitionEstimate OfAny(BoltzmannMachine machine) => machine.CanSum
        ? Exact(machine.LogPartition().Number())
        : throw new InputException($"log Z of a machine of {machine.Units} units that is not restricted cannot be computed: at most {BoltzmannMachine.MostUnits} units can be summed over, and only restricted machines can be sampled for it");

    private static PartitionEstimate Exact(double value) => new("exact", value, 0) { IsExact = true };
}
