using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>An estimator that weights the score, grad log q(b), with a learning signal: f less what is known without b.</summary>
/// <remarks>What the signal learns minimizes its square, which bounds the variance from above.</remarks>
public abstract class ScoreFunctionEstimator : SamplingEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <inheritdoc/>
    public sealed override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        RequirePrepared();
        var b = q.Sample([Samples], rng);
        var value = f.Evaluate(b);
        var signal = Signal(value.detach(), f);
        var surrogate = (Weight(signal.detach()) * q.JointLogProb(b)) + value;
        return new(value.detach(), EvaluationPoint.HardSample, surrogate.mean([0]), signal.requires_grad ? signal.square().mean() : null);
    }

    /// <summary>The learning signal, differentiable with respect to what it learns; shape <c>[S, B]</c>.</summary>
    /// <param name="value">f at the samples, without a gradient.</param>
    /// <param name="f">The objective, for its context.</param>
    protected abstract Tensor Signal(Tensor value, Objective f);

    /// <summary>The weight of the score, shape <c>[S, B]</c>; by default the signal itself.</summary>
    protected virtual Tensor Weight(Tensor signal) => signal;
}
