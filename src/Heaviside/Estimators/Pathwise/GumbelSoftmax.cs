using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Relaxed samples: the pathwise gradient of f at softmax((logits + Gumbel noise) / temperature).</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with grad f(y), y from the relaxed law; requires f to be differentiable and defined
/// between the discrete points. For bits: the binary Concrete law.</para>
/// <para>The bias goes to 0 with the temperature while the variance grows as its inverse.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B], at relaxed points: no estimate of E[f(b)].</para>
/// <para>References: Jang, Gu, Poole 2016, arXiv:1611.01144; Maddison, Mnih, Teh 2016, arXiv:1611.00712.</para>
/// </remarks>
public sealed class GumbelSoftmax : RelaxingEstimator, IHasLabelRule
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.VanishesWithTemperature;

    /// <inheritdoc/>
    protected override EvaluationPoint Point => EvaluationPoint.RelaxedSample;

    /// <inheritdoc/>
    public Tensor Supervise(FactorialDistribution q, Tensor labels, Generator rng) => RelaxedLabelLogProb(q, labels, rng);

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng) =>
        Require<IRelaxable>(law).Relax(Temperature.At(Step)).RSample(sampleShape, rng);
}
