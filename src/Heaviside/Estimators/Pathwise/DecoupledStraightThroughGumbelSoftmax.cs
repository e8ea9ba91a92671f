using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Hard samples forward; backward as if each were the relaxed sample of a law at another temperature, from the same noise.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with f'(b) grad softmax(logits / temperature + noise), b = argmax(logits + noise);
/// requires f to be differentiable. The noise is not divided by the temperature, unlike in
/// <see cref="StraightThroughGumbelSoftmax"/>, with which it agrees at temperature 1. Nothing is claimed of the bias.</para>
/// <para>The paper draws b from softmax(logits / T_f) and goes back through softmax(logits / T_b + noise). The law to
/// sample is the caller's here, so T_f is a division of the logits in the model; what remains is the ratio T_b / T_f, the
/// temperature of this class. Bits are variables of two classes.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Shah, Yan, Mozer, Liu 2024, arXiv:2410.13331 (first version).</para>
/// </remarks>
public sealed class DecoupledStraightThroughGumbelSoftmax : RelaxingEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.Unbounded;

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var relaxable = Require<IRelaxable>(law);
        var temperature = Temperature.At(Step);
        var noise = relaxable.Noise(sampleShape, rng);
        var b = relaxable.Threshold(relaxable.Perturb(noise));
        // logits / temperature + noise
        return StraightThroughFunction.Attach(b, relaxable.Soften(relaxable.Perturb(noise * temperature), temperature));
    }
}
