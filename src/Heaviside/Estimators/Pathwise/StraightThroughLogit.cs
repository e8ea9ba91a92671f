using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Hard samples forward; backward as if the sample were its logit.</summary>
/// <remarks>
/// <para>Passes f'(b) to the logits unchanged; requires f to be differentiable. Without the derivative p (1 - p) of the
/// probability, a gradient does not fade where the law is nearly certain, and its size is wrong even for linear f: for
/// bits its mean is then the exact gradient over p (1 - p). For categories it does not sum to 0 over the classes.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Bengio, Leonard, Courville 2013, arXiv:1308.3432; the form without the sigmoid's derivative.</para>
/// </remarks>
public sealed class StraightThroughLogit : PathwiseEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.Unbounded;

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng) =>
        StraightThroughFunction.Attach(law.Sample(sampleShape, rng), Require<IHasLogits>(law).Logits);
}
