using Heaviside.Configuration;
using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Straight-through a softmax of the logits, moved just so far that the sample wins by a gap.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with f'(b) grad softmax(z / temperature); requires f to be differentiable. Given b, the
/// logit of the sampled class is raised to the largest one, and those of the others are lowered to at least the gap below
/// it, where they are not there already. What takes the place of Gumbel noise is thus a function of b, which saves its
/// variance; the moves have no gradient. Nothing is claimed of the bias.</para>
/// <para>Bits are variables of two classes with logits l and 0: (2b - 1) z is the larger of (2b - 1) l and the gap.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Fan, Chi, Rudnicky, Ramadge 2022, arXiv:2206.07235.</para>
/// </remarks>
public sealed class GappedStraightThrough : RelaxingEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.Unbounded;

    /// <summary>By how much the sampled class wins at least, from 0 to 1000, in units of the logits; default 1.</summary>
    [Option("by how much the sampled class wins at least, in units of the logits", Least = 0, Most = 1000)]
    public double Gap { get; init => field = OptionInfo.Checked(this, value); } = 1;

    /// <inheritdoc/>
    protected override Tensor Draw(DiscreteDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var factors = Require<FactorialDistribution>(law);
        var relaxable = Require<IRelaxable>(law);
        var b = law.Sample(sampleShape, rng);
        var logits = factors.Logits.detach();
        var z = StraightThroughFunction.Attach(law is Bernoulli ? MoveBits(logits, b) : MoveClasses(logits, b), factors.Logits);
        return StraightThroughFunction.Attach(b, relaxable.Soften(z, Temperature.At(Step)));
    }

    private Tensor MoveBits(Tensor logits, Tensor b)
    {
        var s = (2 * b) - 1;
        return s * (s * logits).clamp_min(Gap);
    }

    private Tensor MoveClasses(Tensor logits, Tensor b)
    {
        var top = logits.amax([-1], keepdim: true);
        return torch.where(b.gt(0), top, logits.minimum(top - Gap));
    }
}
