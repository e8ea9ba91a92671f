using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>Estimates the gradient of E[f(b)], b ~ q(logits).</summary>
/// <remarks>A module: what it learns is registered, checkpointed and moved between devices like any parameter; its options
/// are init properties. One that learns is prepared for a model first, with <see cref="Preparation.Prepare"/>. docs/estimators.md fits the contract to every published estimator that is planned.</remarks>
public abstract class GradientEstimator : Component
{
    /// <summary>For derived classes.</summary>
    protected GradientEstimator()
        : base(nameof(GradientEstimator))
    {
    }

    /// <summary>Whether it must be prepared before it is used: it has parts that are made for a model.</summary>
    protected virtual bool Learns => false;

    /// <summary>Whether <see cref="Preparation.Prepare"/> was called.</summary>
    internal bool IsPrepared { get; private set; }

    /// <summary>Whether it must still be prepared before it is used.</summary>
    public bool NeedsPreparation => Learns && !IsPrepared;

    /// <summary>What is claimed about the bias.</summary>
    public abstract Bias Bias { get; }

    /// <summary>Whether the gradient is right in expectation for every objective.</summary>
    public bool IsUnbiased => Bias == Bias.None;

    /// <summary>Whether an element of the surrogate has a gradient at its own example alone, so that a caller may weight, mask or choose
    /// examples; if not, the mean of the surrogate with equal weights is all that means something. True unless the estimator says otherwise.</summary>
    public virtual bool SeparatesExamples => true;

    /// <summary>Whether f must be an <see cref="IDifferentiableObjective"/>.</summary>
    public abstract bool NeedsDifferentiableObjective { get; }

    /// <summary>How often f is evaluated per example and estimate, at hard or relaxed points, for a law of <paramref name="q"/>'s shape.</summary>
    public abstract long ObjectiveEvaluations(DiscreteDistribution q);

    /// <summary>One estimate for a batch.</summary>
    /// <param name="q">The law; the first dimension of its batch is the example, the others are independent factors.</param>
    /// <param name="f">The objective, to be maximized.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <exception cref="UnsupportedException">f or q lack what this estimator needs.</exception>
    public abstract Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng);

    /// <summary>The number of samples K of the bound E[log 1/K sum_k exp f(b_k)] that is the target, for which f must be an <see cref="ILogWeight"/>;
    /// null, unless the estimator says otherwise: the target is E[f(b)].</summary>
    public virtual int? BoundSamples => null;

    /// <summary>The training objective of a bound for a batch: E[f(b)] less the divergence, or what else the estimator's target is.</summary>
    /// <param name="bound">The bound.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <exception cref="UnsupportedException">The bound lacks what this estimator needs.</exception>
    public virtual TrainingObjective EstimateBound(IBound bound, Generator rng) =>
        TrainingObjective.Of(Estimate(bound.Posterior, bound.Integrand(), rng), bound.Divergence());

    /// <summary>The training objective of the bound of several samples.</summary>
    protected TrainingObjective EstimateLogWeights(IBound bound, Generator rng) => bound.LogWeight() is { } logWeight
        ? TrainingObjective.Of(Estimate(bound.Posterior, logWeight, rng))
        : throw new UnsupportedException($"{GetType().Name} trains a bound of several samples, in which the divergence has no weight of its own: leave out kl-weight");

    /// <summary>Makes and registers what the estimator learns; called once.</summary>
    /// <param name="input">The model that it is for.</param>
    protected virtual void Learn(EstimatorInput input)
    {
    }

    /// <summary>Refuses an estimator that must be prepared and was not.</summary>
    protected void RequirePrepared()
    {
        if (NeedsPreparation) throw new InvalidOperationException($"{GetType().Name} has parts that are made for a model: call Prepare before the optimizer is made");
    }

    internal void PrepareFor(EstimatorInput input)
    {
        if (IsPrepared) throw new InvalidOperationException($"{GetType().Name} was prepared before");
        Learn(input);
        IsPrepared = true;
    }

    /// <summary>The sum over all dimensions but the first two: from <c>[P, B, ...]</c> to <c>[P, B]</c>.</summary>
    protected static Tensor SumFactors(Tensor each) => Shape.SumLast(each, each.shape.Length - 2);

    /// <summary>Points of a law, or of each layer of a chain given those of the layers before it, as one tensor.</summary>
    /// <param name="q">The law.</param>
    /// <param name="samples">How many points P of each example.</param>
    /// <param name="draw">The points of one law, of the shape <c>sampleShape + BatchShape + EventShape</c>.</param>
    /// <returns>Shape <c>[P] + BatchShape + EventShape</c>.</returns>
    private protected static Tensor Points(DiscreteDistribution q, long samples, Func<DiscreteDistribution, ReadOnlySpan<long>, Tensor> draw)
    {
        if (q is StochasticChain chain) return chain.Join(chain.Walk(samples, draw));
        q.RequireExamples();
        return draw(q, [samples]);
    }

    /// <summary>The law as a chain of layers, of one if it is a single law, or an error that names this estimator.</summary>
    /// <param name="q">The law.</param>
    /// <param name="layers">The number of layers that the estimator has parameters for, if it has any.</param>
    protected StochasticChain Chain(DiscreteDistribution q, int? layers = null)
    {
        if (q is not (StochasticChain or FactorialDistribution))
            throw new UnsupportedException($"{GetType().Name} needs a law of independent factors or a chain of such laws, which {q.GetType().Name} is not");
        if (layers is not null) RequireLayers(q, layers.Value);
        return StochasticChain.Of(q);
    }

    /// <summary>Refuses a law of another number of layers than the estimator has parameters for.</summary>
    private protected void RequireLayers(DiscreteDistribution q, int layers)
    {
        var actual = q is StochasticChain chain ? chain.Layers : 1;
        if (layers != actual) throw new ArgumentException($"q: {GetType().Name} was made for {layers} stochastic layers, got {actual}", nameof(q));
    }

    /// <summary>The law as the capability <typeparamref name="T"/>, or an error that names this estimator.</summary>
    protected T Require<T>(object subject)
        where T : class =>
        subject as T ?? throw new UnsupportedException($"{GetType().Name} needs {Describe(typeof(T))}, which {subject.GetType().Name} is not");

    private static string Describe(Type capability) =>
        capability == typeof(IDifferentiableObjective) ? "an objective that is differentiable between the discrete points (Objective.Differentiable)"
        : capability == typeof(IConditionallyRelaxable) ? "a law whose perturbed logits can be drawn given its value (IConditionallyRelaxable)"
        : capability == typeof(IHasLogits) ? "a law with logits (IHasLogits)"
        : capability == typeof(IHasMean) ? "a law with a mean in closed form (IHasMean)"
        : capability == typeof(IHasMode) ? "a law with a most probable value (IHasMode)"
        : capability == typeof(FactorialDistribution) ? "a law of independent bits or categories (FactorialDistribution)"
        : capability == typeof(IRelaxable) ? "a law that has a relaxation (IRelaxable)"
        : capability == typeof(IHasContext) ? "an objective that says what a baseline may depend on (IHasContext)"
        : capability == typeof(IHasLogitParameters) ? "an objective that names the parameters behind the logits (IHasLogitParameters)"
        : capability == typeof(ILogWeight) ? "an objective that is the logarithm of an importance weight (ILogWeight)"
        : capability == typeof(IPerturbAndMap) ? "a law that is drawn by maximization (IPerturbAndMap)"
        : capability == typeof(Bernoulli) ? "bits (Bernoulli)"
        : capability == typeof(OneHotCategorical) ? "categories (OneHotCategorical)"
        : capability.Name;
}
