using Heaviside.Distributions;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>MuProp without its linear term: the baseline is f at the mean field, scaled, and a network of the context.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with (f(b) - eta f(mu) - B(x)) grad log q(b) + grad f(b), mu the mean of each layer given
/// the mean of the one before; eta and B minimize the squared signal. Requires f to be defined between the discrete points,
/// and an objective with a context.</para>
/// <para>Shapes: f is evaluated at [S, B, ...] and at [1, B, ...]; Value is [S, B].</para>
/// <para>Reference: Tucker et al. 2017, arXiv:1703.07370; MuProp: arXiv:1511.05176.</para>
/// </remarks>
public sealed class SimpleMuProp : SamplingEstimator
{
    private InputBaseline baseline = null!; // since Learn, as the scale
    private LearnedScale scale = null!;

    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => true;

    /// <inheritdoc/>
    protected override bool Learns => true;

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input)
    {
        baseline = this.AddModule("baseline", new InputBaseline(input));
        scale = this.AddModule("scale", new LearnedScale(1, input));
    }

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples + 1;

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        RequirePrepared();
        Require<IDifferentiableObjective>(f);
        if (q is not StochasticChain) Require<IHasMean>(q);
        var b = q.Sample([Samples], rng);
        var value = f.Evaluate(b);
        var signal = value.detach() - (scale[0] * MeanField.ValueOf(q, f)) - baseline.Of(value.detach(), f);
        var surrogate = (signal.detach() * q.JointLogProb(b)) + value;
        return new(value.detach(), EvaluationPoint.HardSample, surrogate.mean([0]), signal.square().mean());
    }
}
