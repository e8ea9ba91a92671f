using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Laws;

/// <summary>A small law and objective whose exact gradient is known by enumeration: where estimators are tested.</summary>
/// <param name="Name">Its name in kebab case.</param>
/// <param name="Parameters">What the law of one example depends on: its logits, <c>[N]</c> for bits and <c>[N, K]</c> for categories,
/// or the parameters of a chain. Their type is that in which estimators compute.</param>
/// <param name="Law">The law of a batch of parameters, <c>[B, ...]</c>.</param>
/// <param name="F">The objective at points <c>[P, B, ...]</c>, of shape <c>[P, B]</c>.</param>
/// <param name="Degree">The highest power of one factor in f, in a chain in E[f | its layer]; null if that is no polynomial.</param>
public sealed record Problem(string Name, Tensor Parameters, Func<Tensor, DiscreteDistribution> Law, Func<Tensor, Tensor> F, int? Degree)
{
    /// <summary>A term of f that depends on the parameters of the law too: from parameters <c>[B, ...]</c> and points <c>[P, B, ...]</c> to
    /// <c>[P, B]</c>; null, the default: f depends on the points alone.</summary>
    public Func<Tensor, Tensor, Tensor>? Shared { get; init; }

    /// <summary>Whether the variables are bits or categories.</summary>
    public LatentKinds Latents => (Example is StochasticChain chain ? chain.First : Example) is OneHotCategorical ? LatentKinds.Categories : LatentKinds.Bits;

    /// <summary>The number of stochastic layers.</summary>
    public int Layers => Example is StochasticChain chain ? chain.Layers : 1;

    private DiscreteDistribution Example => Law(Parameters.unsqueeze(0));

    /// <summary>The same problem with laws and estimators of another precision; f is still computed in that of this one.</summary>
    public Problem In(ScalarType type) => this with
    {
        Parameters = Parameters.to(type).DetachFromDisposeScope(),
        F = b => F(b.to(Parameters.dtype)).to(b.dtype),
        Shared = Shared is null ? null : (x, b) => Shared(x.to(Parameters.dtype), b.to(Parameters.dtype)).to(b.dtype),
    };

    /// <summary>An estimator of the catalogue made for this problem.</summary>
    public GradientEstimator Create(EstimatorEntry entry, params IEnumerable<(string Name, object Value)> options) => Prepare(entry.With(options));

    /// <summary>An estimator prepared for this problem.</summary>
    public GradientEstimator Prepare(GradientEstimator estimator)
    {
        using var rng = new Generator(seed: 1, Parameters.device);
        return estimator.Prepare(new EstimatorInput(StochasticChain.LayerShapesOf(Example), ContextSize: 1, LogitParameters: 1, rng, Parameters.dtype));
    }

    /// <summary>The exact gradient of E[f(b)] with respect to the parameters, in double precision.</summary>
    public double[] ExactGradient() => ExactGradient(samples: 1);

    /// <summary>The exact gradient of what an estimator estimates: E[f(b)], or the bound of K samples with f the log-weight.</summary>
    public double[] ExactGradient(GradientEstimator estimator) => ExactGradient(estimator.BoundSamples ?? 1);

    /// <summary>The exact E[f(b)], in double precision.</summary>
    public double ExactValue() => ExactValue(samples: 1);

    /// <summary>The exact bound E[log 1/K sum_k exp f(b_k)]; E[f(b)] for one sample.</summary>
    public double ExactValue(int samples)
    {
        using var scope = torch.NewDisposeScope();
        return Expectation(One(), samples).Number();
    }

    /// <summary>Independent gradient estimates, one per copy of the example, shape <c>[copies] + Parameters.shape</c>.</summary>
    public Tensor Gradient(GradientEstimator estimator, int copies, Generator rng)
    {
        var parameters = Copies(copies);
        var surrogate = Estimate(estimator, parameters, rng).Surrogate;
        return Autograd.Grad([surrogate.sum()], [parameters])[0];
    }

    /// <summary>One estimate for a batch of parameters <c>[B, ...]</c>.</summary>
    public Estimate Estimate(GradientEstimator estimator, Tensor parameters, Generator rng) => estimator.Estimate(
        Law(parameters),
        new LogWeightObjective(b => Value(parameters, b), torch.ones([parameters.size(0), 1], parameters.dtype, parameters.device), [parameters]),
        rng);

    /// <summary>The parameters once per copy, a leaf that gradients can be taken with respect to; shape <c>[copies] + Parameters.shape</c>.</summary>
    public Tensor Copies(int copies) =>
        Parameters.detach().unsqueeze(0).repeat([copies, .. Parameters.shape.Select(_ => 1L)]).requires_grad_();

    private double[] ExactGradient(int samples)
    {
        using var scope = torch.NewDisposeScope();
        var parameters = One().requires_grad_();
        return Autograd.Grad([Expectation(parameters, samples)], [parameters])[0].ToArray<double>();
    }

    private Tensor Value(Tensor parameters, Tensor points) => Shared is null ? F(points) : F(points) + Shared(parameters, points);

    // One example in double precision, in which sums over all values are taken.
    private Tensor One() => Parameters.detach().unsqueeze(0).to(torch.float64, copy: true);

    // The sum over all K-tuples of joint values: dimension k of the tables is the value of sample k.
    private Tensor Expectation(Tensor parameters, int samples)
    {
        var q = Law(parameters);
        var values = q.Enumerate().unsqueeze(1);
        var (logQ, f) = (q.JointLogProb(values).flatten(), Value(parameters, values).flatten());
        var (logProb, logSum) = (logQ, f);
        for (var k = 1; k < samples; k++)
        {
            logProb = logProb.unsqueeze(-1) + logQ;
            logSum = logSum.unsqueeze(-1).logaddexp(f);
        }

        return (logProb.exp() * (logSum - Math.Log(samples))).sum();
    }
}
