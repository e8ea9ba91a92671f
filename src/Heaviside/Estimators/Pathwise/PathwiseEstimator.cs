using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>An estimator whose gradient flows through the samples: it draws points that carry one, and f's backward pass does the rest.</summary>
/// <remarks>In a chain, each layer is drawn given the points of the layer before it, and passes the gradient on to it.</remarks>
public abstract class PathwiseEstimator : SamplingEstimator
{
    /// <inheritdoc/>
    public sealed override bool NeedsDifferentiableObjective => true;

    /// <summary>Whether the points are hard or relaxed.</summary>
    protected virtual EvaluationPoint Point => EvaluationPoint.HardSample;

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var value = Values(q, f, rng);
        return new(value.detach(), Point, value.mean([0]));
    }

    /// <summary>f at the samples, with a gradient to the logits: shape <c>[S, B]</c>.</summary>
    private protected Tensor Values(DiscreteDistribution q, Objective f, Generator rng)
    {
        Require<IDifferentiableObjective>(f);
        return f.Evaluate(Points(q, Samples, (law, shape) => Draw(law, shape, rng)));
    }

    /// <summary>Points of one law that carry a gradient to its logits.</summary>
    /// <returns>Shape <c>sampleShape + BatchShape + EventShape</c>.</returns>
    protected abstract Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng);
}
