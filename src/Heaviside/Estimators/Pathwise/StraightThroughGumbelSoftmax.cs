using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Hard samples forward; backward as if each were the relaxed sample that it was rounded from.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with f'(b) grad y, b the rounded relaxed sample y; requires f to be differentiable.
/// For bits: the binary Concrete law, rounded at 1/2.</para>
/// <para>As the temperature goes to 0 the bias vanishes if f is at most quadratic in each factor alone, not in general.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Jang, Gu, Poole 2016, arXiv:1611.01144, section 2.2.</para>
/// </remarks>
public sealed class StraightThroughGumbelSoftmax : RelaxingEstimator, IHasLabelRule
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.VanishesWithTemperatureIfQuadratic;

    /// <inheritdoc/>
    public Tensor Supervise(FactorialDistribution q, Tensor labels, Generator rng) => RelaxedLabelLogProb(q, labels, rng);

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var relaxable = Require<IRelaxable>(law);
        var z = relaxable.Perturb(relaxable.Noise(sampleShape, rng));
        return StraightThroughFunction.Attach(relaxable.Threshold(z), relaxable.Soften(z, Temperature.At(Step)));
    }
}
