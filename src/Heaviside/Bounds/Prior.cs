using Heaviside.Distributions;
using Heaviside.Priors;

namespace Heaviside.Bounds;

/// <summary>p(b), as a bound needs it: its logarithm at points of a posterior, and the divergence from it where that has a closed form.</summary>
/// <remarks>A prior of one's own says <see cref="LogProb"/>; the divergence is then estimated with the samples, unless it says how that is computed.</remarks>
public abstract class Prior
{
    /// <summary>The same probability for every value. The divergence is in closed form for posteriors with an entropy (<see cref="IHasEntropy"/>),
    /// such as a <see cref="GibbsStructure"/>.</summary>
    public static Prior Uniform { get; } = new UniformPrior();

    /// <summary>The law that is sampled, where a model draws b from its conditional prior: log w(b) = log p(x | b).</summary>
    public static Prior Posterior { get; } = new PosteriorPrior();

    /// <summary>Independent factors, such as learned ones. The divergence is in closed form for posteriors of independent factors.</summary>
    /// <param name="law">Batch shape <c>[N]</c>, or <c>[B, N]</c> where it depends on the example.</param>
    public static Prior Factorial(FactorialDistribution law) => new FactorialPrior(law);

    /// <summary>p(b_n) p(b_n-1 | b_n) ... p(b_1 | b_2), for posteriors that are chains in the opposite direction, q(b_1 | x) q(b_2 | b_1) ...</summary>
    /// <param name="top">p(b_n), batch shape <c>[N_n]</c>.</param>
    /// <param name="down">The law of b_n-1 given points <c>[P, B, N_n]</c>, that of b_n-2 given b_n-1, and so on down to b_1.</param>
    public static Prior Chain(FactorialDistribution top, params IReadOnlyList<Func<Tensor, FactorialDistribution>> down) => new ChainPrior(top, down);

    /// <summary>Structures whose logits are 0, for posteriors that are a <see cref="PerturbedStructure"/>.</summary>
    /// <remarks>The divergence is that of the perturbed logits, sum_i (l_i + exp(-l_i) - 1) in nats. The structures are a function of them,
    /// so that it is an upper bound of theirs: the evidence lower bound stays one. There is no probability of a structure, and no bound of several samples.</remarks>
    /// <param name="times">How often each logit is counted, more than 0. The code that is published with arXiv:2006.08063 counts each edge of a graph
    /// twice, once for each direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is 0 or less.</exception>
    public static Prior Gumbel(double times = 1) => new GumbelPrior(times);

    /// <summary>A Boltzmann machine, p(b) = exp(-E(b)) / Z, of all bits of the posterior.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="logPartition">log Z, of which the gradient is followed apart; null: it is summed over all states.</param>
    public static Prior Boltzmann(BoltzmannMachine machine, LogPartition? logPartition = null) => new MachinePrior(machine, logPartition);

    /// <summary>log p(b) in nats, less log Z where that is <see cref="Apart"/>; defined between the discrete points too for relaxing estimators.</summary>
    /// <param name="q">The posterior.</param>
    /// <param name="b">Points of it, shape <c>[P] + BatchShape + EventShape</c>.</param>
    /// <returns>Shape <c>[P, B]</c>.</returns>
    public abstract Tensor LogProb(DiscreteDistribution q, Tensor b);

    /// <summary>How KL(q || p) is computed in closed form, in nats, shape <c>[B]</c>; null, unless the prior says otherwise: it is estimated with the samples.</summary>
    /// <param name="q">The posterior.</param>
    public virtual Func<Tensor>? Divergence(DiscreteDistribution q) => null;

    /// <summary>log Z of a prior that is known up to it; null, unless the prior says otherwise: <see cref="LogProb"/> is normalized.</summary>
    public virtual LogPartition? Apart => null;

    /// <summary>log p(x | b) + log p(b) - log q(b | x), in nats, of points <c>[P, B, ...]</c>: shape <c>[P, B]</c>.</summary>
    internal virtual Tensor LogWeight(Tensor logLikelihood, DiscreteDistribution q, Tensor b) => logLikelihood + LogProb(q, b) - q.JointLogProb(b);

    /// <summary>log q(b | x) - log p(b), in nats, of points with one or more leading dimensions.</summary>
    internal virtual Tensor LogRatio(DiscreteDistribution q, Tensor b)
    {
        var logProb = LogProb(q, b);
        return q.JointLogProb(b) - logProb;
    }
}
