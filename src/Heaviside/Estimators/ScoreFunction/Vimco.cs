using Heaviside.Configuration;
using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>The gradient of the importance-weighted bound of K samples, each judged by what it adds to the bound.</summary>
/// <remarks>
/// <para>Approximates grad E[L], L = log 1/K sum_k exp f(b_k), with sum_k (L - L_-k) grad log q(b_k) + sum_k w_k grad f(b_k),
/// where w = softmax(f) and L_-k is L with f(b_k) replaced by a mean of the others; requires f to be the logarithm of
/// an importance weight. Any law that can sample, chains included. A constant in f changes no draw.</para>
/// <para>Unbiased for the gradient of the bound of its K samples, which is not that of E[f(b)].</para>
/// <para>Shapes: f is evaluated at [K, B, ...]; Value is [1, B], the bound L.</para>
/// <para>Reference: Mnih, Rezende 2016, arXiv:1602.06725.</para>
/// </remarks>
[OptionRange(nameof(Samples), Least = 2)]
public sealed class Vimco() : SamplingEstimator(samples: 5)
{
    /// <summary>The mean that replaces a sample's weight; default geometric.</summary>
    [Option("mean of the other weights that replaces a sample's")]
    public VimcoBaseline Baseline { get; init; } = VimcoBaseline.Geometric;

    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <inheritdoc/>
    public override int? BoundSamples => Samples;

    /// <inheritdoc/>
    public override TrainingObjective EstimateBound(IBound bound, Generator rng) => EstimateLogWeights(bound, rng);

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        Require<ILogWeight>(f);
        var b = q.Sample([Samples], rng);
        var logWeights = f.Evaluate(b);
        var bound = LogMeanExp(logWeights, 0);
        var signal = bound.detach() - Without(logWeights.detach());
        return new(bound.detach().unsqueeze(0), EvaluationPoint.ImportanceWeighted, (signal * q.JointLogProb(b)).sum(dim: 0) + bound);
    }

    // L_-k for every k, [K, B]: row k of [K, K, B] has the mean of the others on the diagonal.
    private Tensor Without(Tensor f)
    {
        var self = torch.eye(Samples, device: f.device).gt(0).unsqueeze(-1);
        var all = f.unsqueeze(0);
        var mean = Baseline == VimcoBaseline.Geometric
            ? torch.where(self, 0, all).sum(1, keepdim: true) / (Samples - 1)
            : torch.where(self, double.NegativeInfinity, all).logsumexp(1, keepdim: true) - Math.Log(Samples - 1);
        return LogMeanExp(torch.where(self, mean, all), 1);
    }

    private Tensor LogMeanExp(Tensor f, long dimension) => f.logsumexp(dimension) - Math.Log(Samples);
}
