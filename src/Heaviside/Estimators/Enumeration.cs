using Heaviside.Distributions;
using Heaviside.Torch;

namespace Heaviside.Estimators;

/// <summary>The exact gradient, by summing over every joint value.</summary>
/// <remarks>
/// <para>Computes sum_b q(b) f(b), whose gradient is exact; requires nothing of f. For the oracles of tests and for small
/// latent spaces: the cost grows as K^N.</para>
/// <para>Shapes: f is evaluated at [K^N, B, ...]; Value is [1, B].</para>
/// </remarks>
/// <exception cref="InvalidOperationException">There are more than 4,194,304 joint values.</exception>
public sealed class Enumeration : GradientEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => q.Enumerate().size(0);

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var values = q.Enumerate().unsqueeze(1);
        var b = values.expand([values.size(0), .. q.BatchShape, .. q.EventShape]);
        var expectation = (q.JointLogProb(b).exp() * f.Evaluate(b)).sum(0, keepdim: true);
        return new(expectation.detach(), EvaluationPoint.Expectation, expectation.mean());
    }
}
