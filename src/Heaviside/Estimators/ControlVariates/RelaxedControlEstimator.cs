using Heaviside.Distributions;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>The score-function estimator with a control variate that is differentiable along a relaxation: REBAR, RELAX and their kin.</summary>
/// <remarks>
/// <para>With z the perturbed logits, b = H(z), and any differentiable c, the control variate of a layer is
/// h = c(z|b) grad log q(b) + grad c(z|b) - grad c(z), whose mean is 0; the gradient is (f(b) - B) grad log q(b) - eta h.
/// The noise of z|b is the one that gives back z: the values c(z|b) and c(z) are one, their derivatives are not.</para>
/// <para>All parts are gradients with respect to the logits; what leads to the logits is differentiated by the caller.</para>
/// <para>What is learned (eta, the baseline, the temperature, the network in c) minimizes the mean square of the gradient,
/// whose derivative is exact, by a second backward pass through c with respect to z alone.</para>
/// </remarks>
public abstract class RelaxedControlEstimator : SamplingEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool SeparatesExamples => ControlScale.SeparatesExamples;

    /// <summary>How the control variate is scaled.</summary>
    private protected ControlScale ControlScale { get; set => field = this.AddModule("scale", value); } = new UnitScale();

    /// <summary>The baselines of the layers, or none.</summary>
    private protected IReadOnlyList<Baseline> Baselines { get; set => field = Register(value); } = [];

    /// <summary>The number of layers that there are parameters for, or null if there are none.</summary>
    protected virtual int? Layers => Baselines.Count == 0 ? null : Baselines.Count;

    // Second derivatives are needed for it.
    private bool HasParameters => parameters().Any();

    /// <inheritdoc/>
    public sealed override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        RequirePrepared();
        if (NeedsDifferentiableObjective) Require<IDifferentiableObjective>(f);
        var path = new RelaxedPath(Chain(q, Layers), Samples, rng, Require<IConditionallyRelaxable>);
        var value = f.Evaluate(path.Hard);
        var controls = Controls(path, f, rng);
        var parts = path.Steps.Select((step, i) => new GradientParts(step.Law, Times(value.detach() - Baseline(i, value, f), step.Score), controls[i].Control)).ToList();
        var (surrogate, variance) = ControlScale.Combine(parts, f);
        return new(value.detach(), EvaluationPoint.HardSample, value.mean([0]) + surrogate, HasParameters ? TuningLoss(variance, value.detach(), controls) : null);
    }

    /// <summary>The control variate of each layer with respect to its logits, and the values of c that it is made of.</summary>
    internal abstract IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng);

    /// <summary>What is learned minimizes this; the variance unless overridden.</summary>
    internal virtual Tensor TuningLoss(Tensor variance, Tensor value, IReadOnlyList<(Tensor Control, Tensor Value)> controls) => variance;

    /// <summary>c, shape <c>[S, B]</c>, and its derivatives with respect to <paramref name="leaves"/>.</summary>
    internal (Tensor Value, Tensor[] Gradients) Differentiate(Func<Tensor[], Tensor> c, params Tensor[] leaves)
    {
        Tensor[] at = [.. leaves.Select(l => l.detach().requires_grad_())];
        var value = c(at);
        var gradients = Autograd.Grad([value.sum()], at, createGraph: HasParameters);
        return HasParameters ? (value, gradients) : (value.detach(), gradients);
    }

    /// <summary>c(z|b) grad log q(b) + grad c(z|b) - grad c(z), where z|b and z have the same value.</summary>
    internal static Tensor Control(StochasticStep step, Tensor value, Tensor gradient) =>
        Times(value, step.Score) + CoupledPath(step, gradient);

    /// <summary>grad c(z|b) - grad c(z) with respect to the logits, from the derivative with respect to z.</summary>
    internal static Tensor CoupledPath(StochasticStep step, Tensor gradient) =>
        step.Relaxable.PullbackGiven(step.B, step.Z, gradient) - step.Relaxable.Pullback(gradient);

    /// <summary>The product of <c>[S, B]</c> and <c>[S, B, ...]</c>.</summary>
    protected static Tensor Times(Tensor weight, Tensor each) =>
        weight.reshape([.. weight.shape, .. each.shape[2..].Select(_ => 1L)]) * each;

    private Tensor Baseline(int layer, Tensor value, Objective f) =>
        Baselines.Count == 0 ? torch.zeros_like(value) : Baselines[layer].Of(value.detach(), f);

    private IReadOnlyList<Baseline> Register(IReadOnlyList<Baseline> baselines) =>
        [.. baselines.Select((b, i) => this.AddModule($"baseline{i + 1}", b))];
}
