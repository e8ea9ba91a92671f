using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>An estimator that compares f at several hard points which are drawn together, so that their differences say much.</summary>
/// <remarks>
/// <para>In a chain: for layer l the layers before it are held, M points of layer l are drawn together, and each goes on
/// alone to the last layer with fresh samples. Since the estimates are linear in f, and what follows a point is a sample
/// given that point, an estimator that is unbiased for a law is so for each layer of a chain.</para>
/// <para>All points of all layers are one batch for f. Each alone is a sample from q, so that the mean of f over them
/// carries the gradient of what f depends on.</para>
/// </remarks>
/// <param name="samples">The default of <see cref="SamplingEstimator.Samples"/>.</param>
public abstract class CoupledEstimator(int samples = 1) : SamplingEstimator(samples)
{
    /// <inheritdoc/>
    public sealed override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public sealed override bool NeedsDifferentiableObjective => false;

    /// <summary>The number of independent draws G.</summary>
    protected virtual int Draws => Samples;

    /// <inheritdoc/>
    public sealed override long ObjectiveEvaluations(DiscreteDistribution q)
    {
        var chain = Chain(q);
        return chain.Layers * Draws * PointsPerDraw(chain.First);
    }

    /// <inheritdoc/>
    public sealed override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var chain = Chain(q);
        List<Tensor> held = [], points = [];
        List<(FactorialDistribution Law, CoupledPoints Drawn)> layers = [];
        for (var l = 0; l < chain.Layers; l++)
        {
            var law = chain.Law(held);
            var drawn = Draw(law, l == 0 ? [Draws] : [], rng);
            points.Add(Continue(chain, held, drawn.Points, rng));
            layers.Add((law, drawn));
            held.Add(drawn.Points[0]);
        }

        var ofLayer = f.Evaluate(torch.cat([.. points])).split([.. points.Select(p => p.size(0))]);
        ofLayer = [.. layers.Zip(ofLayer, (layer, values) => layer.Drawn.Spread(values))];
        var value = torch.cat(ofLayer);
        var scores = layers.Select((layer, l) => Score(layer.Law, layer.Drawn, ofLayer[l].detach()));
        return new(value.detach(), EvaluationPoint.HardSample, scores.Aggregate(value.mean([0]), (sum, score) => sum + score));
    }

    /// <summary>How many points M are drawn together.</summary>
    protected abstract long PointsPerDraw(FactorialDistribution law);

    /// <summary>Draws points together.</summary>
    /// <param name="law">The law of a layer.</param>
    /// <param name="sampleShape">[G] for a law of batch shape [B, ...], empty for one of [G, B, ...].</param>
    /// <param name="rng">The source of randomness.</param>
    protected abstract CoupledPoints Draw(FactorialDistribution law, ReadOnlySpan<long> sampleShape, Generator rng);

    // Points of a layer [M, G, B, ...], each with the layers before it and a fresh sample of those after it: [M G, B, ...].
    private static Tensor Continue(StochasticChain chain, IEnumerable<Tensor> held, Tensor points, Generator rng)
    {
        using var _ = torch.no_grad();
        var before = held.Select(h => h.unsqueeze(0).expand(points.shape[..1].Concat(h.shape).ToArray()).flatten(0, 1));
        var path = chain.Walk(points.size(0) * points.size(1), (law, shape) => law.Sample(shape, rng), [.. before, points.flatten(0, 1)]);
        return chain.Join(path);
    }

    // A number per example whose gradient with respect to the logits is the mean over the draws of their estimates.
    private static Tensor Score(FactorialDistribution law, CoupledPoints drawn, Tensor f)
    {
        var gradient = drawn.GradientAt(f);
        var logits = law.Logits.clamp(-Precision.Infinite, Precision.Infinite);
        return SumFactors(gradient * (logits - logits.detach())).mean([0]);
    }
}
