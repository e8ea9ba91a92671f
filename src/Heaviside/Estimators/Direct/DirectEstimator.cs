using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>Direct loss minimization with Gumbel noise: the gradient of the score between two argmaxes of the same noise, one of them drawn towards f.</summary>
/// <remarks>
/// <para>z = argmax h(z) + noise is the sample. f is also evaluated at the points that differ from it in one variable, with the noise of
/// later layers as it is: this gives, for every variable, how much f rises with each of its values, and epsilon times that is
/// added to the noise before the other argmax. For one variable that is exact; for several it is the low-dimensional
/// approximation of arXiv:1806.02867, section 4.1, whose bias vanishes with epsilon too: then one variable at most changes.</para>
/// <para>The bits of a structure do not change one at a time: f is evaluated where it has a bit more or less, and what f rises with an exchange of two
/// bits is taken for the sum of both. The bias vanishes with epsilon where f is a sum over the bits, not in general.</para>
/// <para>f in nats of hundreds of pixels differs by tens between values: an epsilon of 1 is not small then.</para>
/// </remarks>
public abstract class DirectEstimator : SamplingEstimator, IHasLabelRule, IScheduled
{
    /// <summary>The weight of f in the perturbed argmax, at all steps from 1e-6 to 1e6 (towards higher f) or from -1e6 to -1e-6 (away from it);
    /// default the paper's, from 1 to 0.1.</summary>
    [Option("weight of f in the perturbed argmax, from 1e-6 to 1e6, or from -1e6 to -1e-6")]
    public Schedule Epsilon { get; init => field = ScheduleRange.Epsilon(value, nameof(Epsilon)); } = DefaultEpsilon;

    /// <inheritdoc/>
    public sealed override Bias Bias => Bias.VanishesWithEpsilon;

    /// <inheritdoc/>
    public sealed override bool NeedsDifferentiableObjective => false;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("epsilon", Epsilon)];

    /// <summary>The schedule of the paper.</summary>
    internal static Schedule DefaultEpsilon => new ExponentialSchedule(1, 1e-5) { Floor = 0.1, Every = 500 };

    /// <inheritdoc/>
    public sealed override long ObjectiveEvaluations(DiscreteDistribution q)
    {
        var shapes = StochasticChain.LayerShapesOf(q);
        var changes = q is OneHotCategorical or StochasticChain { First: OneHotCategorical }
            ? shapes.Sum(s => s[..^1].Aggregate(1L, (a, n) => a * n) * (s[^1] - 1))
            : shapes.Sum(s => s.Aggregate(1L, (a, n) => a * n));
        return Samples * (changes + 1);
    }

    /// <inheritdoc/>
    public sealed override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var path = q is StochasticChain chain ? PerturbedPath.Draw(chain, Samples, rng) : PerturbedPath.Draw(Require<IPerturbAndMap>(q), Samples, rng);
        var (value, gains) = path.Evaluate(f);
        var surrogate = value;
        for (var i = 0; i < path.Layers; i++) surrogate = surrogate + Difference(path.Laws[i], path.Noise[i], path.Points[i], gains[i], Epsilon.At(Step));
        return new(value.detach(), EvaluationPoint.HardSample, surrogate.mean([0]));
    }

    // The label in place of the value that is drawn towards f: the mean gradient is (label - E z) / |epsilon|.
    /// <inheritdoc/>
    public Tensor Supervise(FactorialDistribution q, Tensor labels, Generator rng)
    {
        var law = Require<IPerturbAndMap>(q);
        var z = law.Maximize(law.Noise([Samples], rng));
        return ((law.Score(labels.unsqueeze(0)) - law.Score(z)) / Math.Abs(Epsilon.At(Step))).mean([0]);
    }

    /// <summary>The difference quotient of the score whose gradient is the estimate, shape <c>[S, B]</c>.</summary>
    /// <param name="law">The law.</param>
    /// <param name="noise">What is added to its scores.</param>
    /// <param name="z">The argmax with this noise.</param>
    /// <param name="gains">How much f rises with each value of each variable; the shape of z.</param>
    /// <param name="epsilon">The perturbation.</param>
    protected abstract Tensor Difference(IPerturbAndMap law, Tensor noise, Tensor z, Tensor gains, double epsilon);
}
