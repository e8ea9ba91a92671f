using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>Straight-through of second order: the trapezoid rule between the values of a variable.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with f'(b) (2 grad softmax at (p_T + b) / 2 - 1/2 grad p), where p_T is the softmax of
/// logits / temperature and p that of the logits; requires f to be differentiable. At temperature 1 that is
/// f'(b) (J + (b - p)(b - p)') / 2 with J = diag(p) - p p', in the mean the trapezoid rule for f between every two values:
/// exact if f is at most quadratic in each factor alone. For bits it is <see cref="Darn"/>, sample by sample.</para>
/// <para>At another temperature nothing is claimed; the authors recommend 1 or more.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Liu, Dong, Liu, Yu, Gao 2023, arXiv:2304.08612; bits as variables of two classes.</para>
/// </remarks>
public sealed class ReinMax : RelaxingEstimator
{
    /// <summary>One with temperature 1, where it is of second order.</summary>
    public ReinMax() => Temperature = 1;

    /// <inheritdoc/>
    public override Bias Bias => Temperature is ConstantSchedule { Value: 1 } ? Bias.NoneIfQuadratic : Bias.Unbounded;

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var factors = Require<FactorialDistribution>(law);
        var relaxable = Require<IRelaxable>(law);
        var b = law.Sample(sampleShape, rng);
        var between = (relaxable.Soften(factors.Logits.detach(), Temperature.At(Step)) + b) / 2;
        // The softmax at the logits that lead to it, with the gradient passed on to the logits of the law.
        var logits = law is Bernoulli ? between.logit() : between.log();
        var mean = relaxable.Soften(StraightThroughFunction.Attach(logits, factors.Logits));
        return StraightThroughFunction.Attach(b, (2 * mean) - (factors.Mean / 2));
    }
}
