using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>The 1/2-estimator with the derivative at a point drawn between the values of one bit at a time; a reconstruction of FouST.</summary>
/// <remarks>
/// <para>Given b, u~ is uniform on the half of [0, 1] that b rounds to. E[f'(u~) / (2 q(b))] is the integral of f' over
/// [0, 1], so that f'(u~) |b - p| / 2 with the other bits at their hard values is unbiased for every f that is
/// differentiable between the values. Each bit takes its own evaluation, all of them in one batch, and the hard sample one
/// more, for the value and for what f depends on.</para>
/// <para>A reconstruction: of the paper's steps these are the splitting of a bit into uniform halves and the reweighting to
/// a fair coin, done one bit at a time, because relaxing all bits at once is biased even for multilinear f. Scaling the
/// bits' representation is the model's business. In a chain, later layers are drawn given u~ and enter by their score, with
/// f(b) as the baseline.</para>
/// <para>Shapes: bits only, N in all layers; f is evaluated at [S, B, N] hard points and [S N, B, N] others; Value is [S, B].</para>
/// <para>References: Pervez, Cohen, Gavves, ICML 2020, PMLR 119:7632; discussed by Shekhovtsov 2021, arXiv:2110.03549.</para>
/// </remarks>
public sealed class Foust : SamplingEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => true;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) =>
        Samples * (1 + Chain(q).LayerShapes.Sum(shape => shape.Aggregate(1L, (a, b) => a * b)));

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        Require<IDifferentiableObjective>(f);
        var chain = Chain(q);
        var path = chain.Walk(Samples, (law, shape) => Require<Bernoulli>(law).Sample(shape, rng));
        var value = f.Evaluate(chain.Join(path));
        var surrogate = value;
        for (var i = 0; i < path.Count; i++)
        {
            var law = Require<Bernoulli>(chain.Law([.. path.Take(i)]));
            var weight = Darn.Weight(path[i], law) * Derivative(chain, f, path, i, value.detach(), rng);
            surrogate += SumFactors(weight * law.Location);
        }

        return new(value.detach(), EvaluationPoint.HardSample, surrogate.mean([0]));
    }

    // The derivative of E[f | layers up to i] in each bit of layer i, at its own u~ and the other bits' hard values.
    private Tensor Derivative(StochasticChain chain, Objective f, IReadOnlyList<Tensor> path, int i, Tensor baseline, Generator rng)
    {
        var b = path[i].reshape([Samples, path[i].size(1), Shape.Elements(path[i].shape.AsSpan(2))]);
        var n = b.size(-1);
        var between = (b + Noise.Uniform(b.shape, b, rng)) / 2;
        var one = torch.eye(n, dtype: b.dtype, device: b.device).reshape([n, 1, 1, n]);
        var points = (b + (one * (between - b))).reshape([n * Samples, .. path[i].shape[1..]]).requires_grad_();

        Tensor Repeat(Tensor t) => t.repeat([n, .. t.shape[1..].Select(_ => 1L)]);
        var whole = chain.Walk(n * Samples, (law, shape) => law.Sample(shape, rng), [.. path.Take(i).Select(Repeat), points]);
        var value = f.Evaluate(chain.Join(whole));
        var target = value;
        if (i + 1 < path.Count)
            target += (value.detach() - Repeat(baseline)) * StochasticChain.LayerLogProb(chain.Law([.. whole.Take(i + 1)]), whole[i + 1]);
        var derivative = Autograd.Grad([target.sum()], [points])[0].reshape([n, Samples, b.size(1), n]);
        return derivative.diagonal(0, 0, 3).reshape(path[i].shape);
    }
}
