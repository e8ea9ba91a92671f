using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Relaxed samples in the importance-weighted bound: the pathwise gradient of log 1/K sum_k exp f(y_k).</summary>
/// <remarks>
/// <para>Approximates the gradient of the bound log 1/K sum_k exp f(b_k) by that at samples y_k of the relaxed law; requires f to be
/// differentiable and the logarithm of an importance weight that is defined between the discrete points. There, the log-probability
/// of bits is that of their law, linear in each, and not the density of y; the energy of a Boltzmann machine is E(y), its log Z that
/// of bits. With one sample this is <see cref="GumbelSoftmax"/>.</para>
/// <para>The bias goes to 0 with the temperature. The objective at relaxed samples need not be a bound.</para>
/// <para>Shapes: f is evaluated at [K, B, ...]; Value is [1, B], at relaxed points.</para>
/// <para>Reference: Khoshaman, Amin 2018, arXiv:1805.07349, equation 9.</para>
/// </remarks>
public sealed class GumBolt : RelaxingEstimator
{
    /// <summary>One at the paper's temperature, 1/7.</summary>
    public GumBolt() => Temperature = 1.0 / 7;

    /// <inheritdoc/>
    public override Bias Bias => Bias.VanishesWithTemperature;

    /// <inheritdoc/>
    protected override EvaluationPoint Point => EvaluationPoint.RelaxedImportanceWeighted;

    /// <inheritdoc/>
    public override int? BoundSamples => Samples;

    /// <inheritdoc/>
    public override TrainingObjective EstimateBound(IBound bound, Generator rng) => EstimateLogWeights(bound, rng);

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        Require<ILogWeight>(f);
        var bound = Values(q, f, rng).logsumexp(0) - Math.Log(Samples);
        return new(bound.detach().unsqueeze(0), Point, bound);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng) =>
        Require<IRelaxable>(law).Relax(Temperature.At(Step)).RSample(sampleShape, rng);
}
