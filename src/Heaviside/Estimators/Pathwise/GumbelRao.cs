using Heaviside.Configuration;
using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Straight-through Gumbel-Softmax with its backward pass averaged over several relaxations of the same hard sample.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with f'(b) times the mean of grad y over K relaxed samples y that are drawn given b;
/// requires f to be differentiable. The mean is that of <see cref="StraightThroughGumbelSoftmax"/> and the variance is no
/// larger, at no further evaluation of f.</para>
/// <para>As the temperature goes to 0 the bias vanishes if f is at most quadratic in each factor alone, not in general.</para>
/// <para>Shapes: f is evaluated at [S, B, ...], the relaxations are [K, S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Paulus, Maddison, Krause 2020, arXiv:2010.04838.</para>
/// </remarks>
public sealed class GumbelRao : RelaxingEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.VanishesWithTemperatureIfQuadratic;

    /// <summary>The number of relaxations K of each sample, from 1 to 10000; default 10.</summary>
    [Option("relaxations of each sample in the backward pass", Least = 1, Most = 10_000)]
    public int Relaxations { get; init => field = OptionInfo.Checked(this, value); } = 10;

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var relaxable = Require<IConditionallyRelaxable>(law);
        var b = law.Sample(sampleShape, rng);
        var noise = relaxable.Noise([Relaxations, .. sampleShape.ToArray()], rng);
        // The gradient is that of z = logits + noise: given b the noise is other noise, but no function of the logits.
        var z = StraightThroughFunction.Attach(relaxable.PerturbGiven(b.expand(noise.shape), noise), Require<IHasLogits>(law).Logits);
        return StraightThroughFunction.Attach(b, relaxable.Soften(z, Temperature.At(Step)).mean([0]));
    }
}
