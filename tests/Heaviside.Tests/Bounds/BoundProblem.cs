using Heaviside.Bounds;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Numerics;
using Heaviside.Priors;
using Heaviside.Structured;

namespace Heaviside.Tests.Bounds;

/// <summary>A tiny model of two examples with a prior of each kind, and its bounds by sums over all values.</summary>
internal sealed class BoundProblem
{
    public const int Examples = 2, Pixels = 4;

    private readonly Tensor logits, pairs, decoder, priorLogits;
    private readonly BoltzmannMachine machine;
    private readonly string kind;

    public BoundProblem(string kind)
    {
        this.kind = kind;
        using var rng = new Generator(3);
        Tensor Random(params long[] shape) => torch.randn(shape, torch.float64, generator: rng).requires_grad_();
        var isCategorical = kind.StartsWith("categories", StringComparison.Ordinal);
        long[] each = isCategorical ? [2, 3] : [3];
        logits = Random([Examples, .. each]);
        pairs = Random(Examples, 3);
        priorLogits = Random(kind == "chain" ? [1] : each);
        decoder = Random(isCategorical ? 6 : 3, Pixels);
        X = torch.rand([Examples, Pixels], torch.float64, generator: rng).round();
        machine = kind == "factorial machine" ? new FactorialMachine(3) : new RestrictedBoltzmannMachine(1, 2);
        machine.to(torch.float64);
        using var noGrad = torch.no_grad();
        foreach (var p in machine.parameters()) p.copy_(torch.randn(p.shape, torch.float64, generator: rng));
    }

    public static IEnumerable<string> Kinds =>
        ["bits", "categories", "pairs", "bits, factorial prior", "categories, factorial prior", "chain", "restricted machine", "factorial machine", "posterior"];

    /// <summary>Kinds whose divergence has no closed form.</summary>
    public bool IsSampled => kind is "chain" or "restricted machine" or "factorial machine" or "posterior";

    public Tensor X { get; }

    public Tensor[] Parameters => kind switch
    {
        "pairs" => [logits, decoder, pairs],
        "restricted machine" or "factorial machine" => [logits, decoder, .. machine.parameters()],
        "chain" or "bits, factorial prior" or "categories, factorial prior" => [logits, decoder, priorLogits],
        _ => [logits, decoder],
    };

    // The second layer's logit is minus the sum of the two bits of the first.
    public DiscreteDistribution Q => kind switch
    {
        "pairs" => new GibbsBits(logits, pairs, new ExhaustiveSearch()),
        "chain" => new StochasticChain(new Bernoulli(logits.narrow(1, 0, 2)), new StochasticLayer(1, b => new Bernoulli(logits.narrow(1, 2, 1) - b.sum(-1, keepdim: true)))),
        _ when kind.StartsWith("categories", StringComparison.Ordinal) => new OneHotCategorical(logits),
        _ => new Bernoulli(logits),
    };

    public Prior Prior => kind switch
    {
        "bits, factorial prior" => Prior.Factorial(new Bernoulli(priorLogits)),
        "categories, factorial prior" => Prior.Factorial(new OneHotCategorical(priorLogits)),
        "chain" => Prior.Chain(new Bernoulli(priorLogits), Down),
        "restricted machine" or "factorial machine" => Prior.Boltzmann(machine),
        "posterior" => Prior.Posterior,
        _ => Prior.Uniform,
    };

    public Elbo Elbo(Schedule? weight = null, long step = 0, bool sampled = false) =>
        new(Q, new LikelihoodObjective(LogLikelihood, X, [logits]), Prior) { KlWeight = weight, Step = step, SampledDivergence = sampled };

    /// <summary>log p(x | b) of points <c>[P, B, ...]</c>.</summary>
    public Tensor LogLikelihood(Tensor b)
    {
        var l = torch.matmul(b.flatten(2), decoder);
        return ((X * l) - l.softplus()).sum(-1);
    }

    /// <summary>All values of b, for each example, <c>[C, B, ...]</c>.</summary>
    public Tensor Values() => Q.Enumerate().unsqueeze(1).expand([-1, Examples, .. Enumerable.Repeat(-1L, Q.EventShape.Length + Q.BatchShape.Length - 1)]);

    /// <summary>log p(b), normalized, of points.</summary>
    public Tensor LogPrior(Tensor b)
    {
        Tensor LogBernoulli(Tensor bits, Tensor l) => ((bits * l) - l.softplus()).sum(-1);
        return kind switch
        {
            "bits, factorial prior" => LogBernoulli(b, priorLogits),
            "categories, factorial prior" => (b * priorLogits.log_softmax(-1)).sum([-1, -2]),
            "chain" => LogBernoulli(b.narrow(-1, 2, 1), priorLogits) + LogBernoulli(b.narrow(-1, 0, 2), Down(b.narrow(-1, 2, 1)).Logits),
            "posterior" => Q.JointLogProb(b),
            _ when kind.Contains("machine") => -machine.Energy(b) - (-machine.Energy(machine.Enumerate())).logsumexp(0),
            _ => torch.full([b.size(0), Examples], -Math.Log(Values().size(0)), torch.float64),
        };
    }

    /// <summary>E[log 1/K sum_k exp(log p(x | b_k) - w (log q(b_k | x) - log p(b_k)))], the mean over the examples: all K-tuples of values.</summary>
    public Tensor Exact(double weight = 1, int samples = 1)
    {
        var b = Values();
        var logQ = Q.JointLogProb(b);
        var logWeight = LogLikelihood(b) - (weight * (logQ - LogPrior(b)));
        var (logProb, logSum) = (logQ, logWeight);
        for (var k = 1; k < samples; k++)
        {
            logProb = (logProb.unsqueeze(1) + logQ).flatten(0, 1);
            logSum = logSum.unsqueeze(1).logaddexp(logWeight).flatten(0, 1);
        }

        return (logProb.exp() * (logSum - Math.Log(samples))).sum(dim: 0).mean();
    }

    private static Bernoulli Down(Tensor b) => new((0.7 * b) - torch.tensor([0.3, -0.2]));
}
