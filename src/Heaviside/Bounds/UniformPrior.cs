using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Bounds;

/// <summary>The same probability for every value of the posterior's variables.</summary>
internal sealed class UniformPrior : Prior
{
    /// <inheritdoc/>
    public override Tensor LogProb(DiscreteDistribution q, Tensor b) => torch.full(b.shape[..^(q.BatchShape.Length + q.EventShape.Length - 1)], -q.LogJointValues, b.dtype, b.device);

    // KL(q || uniform) = log of the number of values - H(q)
    /// <inheritdoc/>
    public override Func<Tensor>? Divergence(DiscreteDistribution q)
    {
        if (q is not IHasEntropy law) return null;
        return () =>
        {
            var entropy = law.Entropy();
            return q.LogJointValues - Shape.SumLast(entropy, entropy.shape.Length - 1);
        };
    }

    /// <inheritdoc/>
    internal override Tensor LogWeight(Tensor logLikelihood, DiscreteDistribution q, Tensor b) => logLikelihood - q.JointLogProb(b) - q.LogJointValues;

    /// <inheritdoc/>
    internal override Tensor LogRatio(DiscreteDistribution q, Tensor b) => q.JointLogProb(b) + q.LogJointValues;
}
