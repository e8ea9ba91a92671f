using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>The most probable value forward, without noise; backward as if it were its probability.</summary>
/// <remarks>
/// <para>Takes f'(m) grad E[b] with m the mode, 1[logit &gt; 0] or the likeliest class; requires f to be differentiable. It
/// draws nothing and has no variance, but trains a deterministic network: where E[f(b)] and f(m) differ, it follows f(m).</para>
/// <para>Shapes: f is evaluated at [1, B, ...]; Value is [1, B], at the mode: no estimate of E[f(b)].</para>
/// <para>Reference: Hubara, Courbariaux, Soudry, El-Yaniv, Bengio 2016, arXiv:1602.02830; with the derivative of the
/// probability in place of their clipped identity.</para>
/// </remarks>
public sealed class StraightThroughThreshold : GradientEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.Unbounded;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => true;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => 1;

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        Require<IDifferentiableObjective>(f);
        var value = f.Evaluate(Points(q, samples: 1, Threshold));
        return new(value.detach(), EvaluationPoint.Mode, value[0]);
    }

    private Tensor Threshold(DiscreteDistribution law, ReadOnlySpan<long> sampleShape)
    {
        var mode = Require<IHasMode>(law).Mode();
        return StraightThroughFunction.Attach(mode.expand([.. sampleShape.ToArray(), .. mode.shape]), Require<IHasMean>(law).Mean);
    }
}
