
namespace Heaviside.Priors.Partition;

/// <summary>Several methods on one machine. Those with equal settings of parallel tempering use the same samples.</summary>
public static class PartitionComparison
{
    /// <summary>The estimate of each method, in their order.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="rng">Where the keys of all random streams come from.</param>
    /// <param name="progress">Told from time to time, on the calling thread.</param>
    /// <param name="cancellation">Stops the estimates.</param>
    /// <exception cref="InputException">A method cannot serve a machine of that size.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IEnumerable<PartitionEstimate> Estimate(IEnumerable<PartitionEstimator> methods, BoltzmannMachine machine, Generator rng, Action<PartitionProgress>? progress = null, CancellationToken cancellation = default)
    {
        var samples = new Dictionary<ParallelTempering, TemperedSamples>();
        foreach (var given in methods)
        {
            var method = given is AutomaticPartition automatic ? automatic.For(machine) : given;
            if (method is not TemperingEstimator tempering || machine is not RestrictedBoltzmannMachine restricted)
            {
                yield return method.Estimate(machine, rng, progress, cancellation);
                continue;
            }

            if (!samples.TryGetValue(tempering.Tempering, out var known))
                samples[tempering.Tempering] = known = tempering.Tempering.Sample(restricted, rng, method.Threads, progress, cancellation);
            yield return tempering.From(known);
        }
    }
}
