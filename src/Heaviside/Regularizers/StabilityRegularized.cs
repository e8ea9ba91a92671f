using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Numerics;

namespace Heaviside.Regularizers;

/// <summary>Any estimator, with stability regularization of the logits beside it: the gradient of E[f(b)] + weight * R.</summary>
/// <remarks>
/// <para>That is another objective than E[f(b)], of whose gradient nothing is claimed unless the weight is 0; about the whole, with R in expectation
/// over its noise, the bias is that of the estimator.</para>
/// <para>R is the maximand for the layer softmax(logits + e), or sigmoid(logits + e) with its complement; the samples at which f is evaluated are
/// those of the estimator, without this noise. The layer of a structure's bits is that of independent ones. It acts as an implicit control of the temperature: stable logits are large.</para>
/// <para>Shapes: those of the estimator; Value is f's alone. R is one number of the whole batch: the surrogate of an example has the gradient of
/// B R with respect to its own logits, so that the mean over the batch has that of R.</para>
/// <para>Reference: Stability Regularization for Discrete Representation Learning, submitted to ICLR 2022 (no arXiv id), sections 3 and 5.2.</para>
/// </remarks>
public sealed class StabilityRegularized : GradientEstimator, IHasLabelRule, IReportsNumbers, IScheduled
{
    private readonly GradientEstimator inner;
    private readonly NoiseStability regularizer;
    private (double Stability, double Discreteness)? latest;

    /// <summary>A regularized estimator.</summary>
    /// <param name="inner">What estimates the gradient of E[f(b)].</param>
    /// <param name="regularizer">What is maximized beside it.</param>
    /// <exception cref="ArgumentException">The estimator trains a bound of several samples.</exception>
    public StabilityRegularized(GradientEstimator inner, NoiseStability regularizer)
    {
        if (inner.BoundSamples is not null) throw new ArgumentException($"stability regularization goes with E[f(b)], not with the bound of several samples that {inner.GetType().Name} trains", nameof(inner));
        this.inner = this.AddModule("inner", inner);
        this.regularizer = regularizer;
    }

    /// <summary>The weight of the maximand, 0 or more; default 100.</summary>
    public Schedule Weight { get; init => field = ScheduleRange.NotNegative(value, nameof(Weight)); } = 100.0;

    /// <summary>The temperature of Gumbel noise inside the regularized layer, softmax((logits + e + Gumbel noise) / temperature),
    /// from 1e-6 to 1e6; null, the default: no such noise, temperature 1. Appendix B.3.2.</summary>
    public Schedule? GumbelTemperature { get; init => field = value is null ? null : ScheduleRange.Temperature(value, nameof(GumbelTemperature)); }

    /// <inheritdoc/>
    public override Bias Bias => Weight is ConstantSchedule { Value: 0 } ? inner.Bias : Bias.Unbounded;

    /// <inheritdoc/>
    public override bool SeparatesExamples => inner.SeparatesExamples;

    /// <inheritdoc/>
    protected override bool Learns => inner.NeedsPreparation;

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input)
    {
        if (!inner.IsPrepared) inner.PrepareFor(input);
    }

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => inner.NeedsDifferentiableObjective;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("stability-weight", Weight)];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Numbers => latest is null ? [] : [("stability", latest.Value.Stability), ("discreteness", latest.Value.Discreteness)];

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => inner.ObjectiveEvaluations(q);

    /// <inheritdoc/>
    public Tensor Supervise(FactorialDistribution q, Tensor labels, Generator rng) => LabelRule.Of(inner, q, labels, rng);

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var law = q switch
        {
            FactorialDistribution factors => factors,
            IHasLogits structure => new Bernoulli(structure.Logits), // each of its bits for itself
            _ => throw new UnsupportedException($"stability regularization is for one stochastic layer, which {q.GetType().Name} is not"),
        };
        var relaxable = Require<IRelaxable>(law);
        var estimate = inner.Estimate(q, f, rng);
        Tensor Soften(Tensor z) => GumbelTemperature is null
            ? relaxable.Soften(z)
            : relaxable.Soften(z + relaxable.Noise([], rng), GumbelTemperature.At(Step));

        // The last dimension is a variable's group of outputs, both of them for a bit.
        Tensor Layer(Tensor z) => law.EventShape.Length == 0 ? StableBits.OnAndOff(Soften(z)) : Soften(z);
        var logits = law.Logits.detach().requires_grad_();
        var stability = regularizer.Estimate(Layer, logits, rng);
        latest = (stability.Stability.Number(), stability.Discreteness.Number());
        var slope = Autograd.Grad([stability.Maximand], [logits])[0] * (Weight.At(Step) * logits.size(0));
        var finite = law.Logits.clamp(-Precision.Infinite, Precision.Infinite);
        var products = slope * (finite - finite.detach());
        return estimate with { Surrogate = estimate.Surrogate + Shape.SumLast(products, products.shape.Length - 1) };
    }
}
