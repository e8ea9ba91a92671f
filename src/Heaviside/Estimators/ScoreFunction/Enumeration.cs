using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>The exact gradient, by summing over every joint value.</summary>
/// <remarks>
/// <para>Computes sum_b q(b) f(b), whose gradient is exact; requires nothing of f, whose table is used
/// if it has one (<see cref="ITabulated"/>). For the oracles of tests and for small
/// latent spaces: the cost grows as K^N.</para>
/// <para>Shapes: f is evaluated at [K^N, B, ...]; Value is [1, B].</para>
/// </remarks>
/// <exception cref="UnsupportedException">There are more than 4,194,304 joint values.</exception>
public sealed class Enumeration : GradientEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => (long)Math.Min(q.JointValues, long.MaxValue);

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        q.RequireExamples();
        var values = Values(q).unsqueeze(1);
        var b = values.expand([values.size(0), .. q.BatchShape, .. q.EventShape]);
        var expectation = (q.JointLogProb(b).exp() * (f is ITabulated tabulated ? tabulated.Table() : f.Evaluate(b))).sum(0, keepdim: true);
        return new(expectation.detach(), EvaluationPoint.Expectation, expectation[0]);
    }

    private static Tensor Values(DiscreteDistribution q)
    {
        try
        {
            return q.Enumerate();
        }
        catch (InvalidOperationException error)
        {
            throw new UnsupportedException($"the estimator enumeration is for small latent spaces: {error.Message}");
        }
    }
}
