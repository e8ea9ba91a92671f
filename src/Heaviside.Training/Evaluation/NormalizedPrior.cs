using Heaviside.Models;
using Heaviside.Numerics;
using Heaviside.Priors.Partition;

namespace Heaviside.Evaluation;

/// <summary>While it lives, a model's bounds have an estimate of log Z of its present parameters in them; afterwards what they had before.</summary>
internal sealed class NormalizedPrior : IDisposable
{
    private readonly IHasBoltzmannPrior model;
    private readonly double before;

    private NormalizedPrior(IHasBoltzmannPrior model, PartitionEstimate estimate)
    {
        (this.model, before, Estimate) = (model, model.LogPartition, estimate);
        model.LogPartition = estimate.LogPartition;
    }

    /// <summary>The estimate.</summary>
    internal PartitionEstimate Estimate { get; }

    /// <summary>Estimates log Z of a model that needs it; null for others.</summary>
    internal static NormalizedPrior? Of(TrainableModel model, PartitionEstimator estimator, ulong seed, CancellationToken cancellation)
    {
        if (model is not IHasBoltzmannPrior unnormalized) return null;
        using var rng = new Generator(SplitMix64.Mix(seed)); // another stream than that of the samples
        return new(unnormalized, estimator.Estimate(unnormalized.Prior, rng, cancellation: cancellation));
    }

    public void Dispose() => model.LogPartition = before;
}
