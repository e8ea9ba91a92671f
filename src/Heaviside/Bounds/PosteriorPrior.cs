using Heaviside.Distributions;

namespace Heaviside.Bounds;

/// <summary>The law that is sampled.</summary>
internal sealed class PosteriorPrior : Prior
{
    /// <inheritdoc/>
    public override Tensor LogProb(DiscreteDistribution q, Tensor b) => q.JointLogProb(b);

    /// <inheritdoc/>
    internal override Tensor LogWeight(Tensor logLikelihood, DiscreteDistribution q, Tensor b) => logLikelihood;
}
