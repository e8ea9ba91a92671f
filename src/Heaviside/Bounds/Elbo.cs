using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Numerics;

namespace Heaviside.Bounds;

/// <summary>The evidence lower bound of log p(x) for a batch, E_q[log p(x | b)] - KL(q(b | x) || p(b)), of its three parts.</summary>
/// <remarks>
/// <para>It gives what trains a model, with any estimator; the bound at one hard sample; and the log-weights of several samples. The
/// divergence is in closed form where the prior has one for the posterior; otherwise, or where that is asked for, it is estimated with the
/// samples, as a part of the f that the estimator sees. Estimators of bounds of several samples see the log-weight.</para>
/// <para>A weight of the divergence makes the training objective another one than the bound; what is evaluated has none. In closed form it
/// has no place in a bound of several samples, which refuses it; estimated with the samples it is inside each log-weight.</para>
/// </remarks>
/// <example><code>
/// var q = new Bernoulli(encoder.call(x));
/// var likelihood = new LikelihoodObjective(b => -(decoder.call(b) - x).square().sum(-1), x, [.. encoder.parameters()]);
/// var elbo = new Elbo(q, likelihood, Prior.Uniform);
/// elbo.Objective(estimator, rng).Backward([.. estimator.parameters()]);
/// </code></example>
public sealed class Elbo
{
    private readonly DiscreteDistribution q;
    private readonly Prior prior;
    private readonly GaussianRows? rows;
    private readonly Func<Tensor?, ModelObjective> likelihood;
    private readonly Func<Tensor>? divergence;

    /// <summary>The bound of a model with discrete latent variables.</summary>
    /// <param name="posterior">q(b | x), or what else b is drawn from; the first dimension of its batch is the example.</param>
    /// <param name="likelihood">log p(x | b), in nats.</param>
    /// <param name="prior">p(b).</param>
    public Elbo(DiscreteDistribution posterior, ModelObjective likelihood, Prior prior)
        : this(_ => likelihood, posterior, null, prior)
    {
    }

    /// <summary>The bound of a model with one class and a Gaussian for each: it has the divergences of these too, in closed form at one sample.</summary>
    /// <param name="posterior">q(b | x), batch shape <c>[B, 1]</c>.</param>
    /// <param name="rows">q(g | x), one Gaussian for each class.</param>
    /// <param name="likelihood">log p(x | b, g) in nats, given draws g of all rows, <c>[B, K, G]</c> or <c>[S, B, K, G]</c>.</param>
    /// <param name="prior">p(b).</param>
    public Elbo(OneHotCategorical posterior, GaussianRows rows, Func<Tensor, ModelObjective> likelihood, Prior prior)
        : this(g => likelihood(g!), posterior, rows, prior)
    {
    }

    private Elbo(Func<Tensor?, ModelObjective> likelihood, DiscreteDistribution posterior, GaussianRows? rows, Prior prior)
    {
        (q, this.rows, this.likelihood, this.prior) = (posterior, rows, likelihood, prior);
        divergence = prior.Divergence(posterior);
    }

    /// <summary>The weight of KL(q(b | x) || p(b)) in the training objective, 0 or more; null, the default: none, as with 1.</summary>
    public Schedule? KlWeight { get; init => field = value is null ? null : ScheduleRange.NotNegative(value, nameof(KlWeight)); }

    /// <summary>The training step, at which the weight has its value.</summary>
    public long Step { get; init; }

    /// <summary>Whether the divergence is estimated with the samples though it has a closed form; default false. Its gradient with respect to
    /// independent factors of the posterior is then left out, since it is 0 in the mean.</summary>
    public bool SampledDivergence { get; init; }

    private double Weight => KlWeight?.At(Step) ?? 1;

    /// <summary>The objective of a training step, a mean over the batch.</summary>
    /// <param name="estimator">What estimates the gradient through the latent variables.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <exception cref="UnsupportedException">The estimator needs what the parts do not have.</exception>
    public TrainingObjective Objective(GradientEstimator estimator, Generator rng)
    {
        var objective = estimator.EstimateBound(Draw([], rng), rng);
        return prior.Apart is not { } logZ ? objective : objective with
        {
            Loss = objective.Loss + (Weight * logZ.Surrogate()),
            Value = objective.Value - (Weight * logZ.Value),
        };
    }

    /// <summary>The bound at one hard sample of each example, in nats, with the divergence in closed form where there is one: shape <c>[B]</c>.</summary>
    public Tensor OneSample(Generator rng)
    {
        if (divergence is null) return LogWeights(1, rng)[0];
        var b = q.Sample([1], rng);
        return Draw([], rng).OneSample.Evaluate(b)[0] - divergence();
    }

    /// <summary>log p(x, b) - log q(b | x) of hard samples, in nats: the logarithm of the mean of S such weights bounds log p(x) from below.</summary>
    /// <param name="samples">How many samples S.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[S, B]</c>.</returns>
    public Tensor LogWeights(int samples, Generator rng)
    {
        var b = q.Sample([samples], rng);
        var weights = Draw([samples], rng).LogWeightAt(b);
        return prior.Apart is { } logZ ? weights - logZ.Value : weights;
    }

    private DrawnBound Draw(ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var g = rows?.Draw(sampleShape, rng);
        return new(q, prior, likelihood(g), divergence)
        {
            Gaussians = rows is null ? null : (rows, g!),
            Weight = KlWeight is null ? null : Weight,
            IsWhole = KlWeight is null || ScheduleRange.IsAlways(KlWeight, 1),
            SampledDivergence = SampledDivergence,
        };
    }
}
