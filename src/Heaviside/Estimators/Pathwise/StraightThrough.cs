using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Hard samples forward; backward as if the sample were its probability.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with f'(b) grad E[b]; requires f to be differentiable. Unbiased if f is linear in each
/// factor alone; for f quadratic in a bit with coefficient a, the bias is a (2p - 1) p (1 - p).</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Bengio, Leonard, Courville 2013, arXiv:1308.3432; the form through the probability, not the logit.</para>
/// </remarks>
public sealed class StraightThrough : PathwiseEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.NoneIfMultilinear;

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng) =>
        StraightThroughFunction.Attach(law.Sample(sampleShape, rng), Require<IHasMean>(law).Mean);
}
