using Heaviside.Distributions;

namespace Heaviside.Estimators.Controls;

/// <summary>Hard samples of every layer of a chain, with the noise they were made of, so that they can be relaxed with the same noise.</summary>
internal sealed class RelaxedPath
{
    private readonly List<StochasticStep> steps = [];

    /// <summary>Draws S samples of each example.</summary>
    internal RelaxedPath(StochasticChain chain, long samples, Generator rng, Func<FactorialDistribution, IConditionallyRelaxable> relaxable)
    {
        Chain = chain;
        chain.Walk(samples, (law, shape) =>
        {
            var noise = relaxable(law).Noise(shape, rng);
            using var _ = torch.no_grad();
            var z = relaxable(law).Perturb(noise);
            steps.Add(new(law, relaxable(law), noise, z, relaxable(law).Threshold(z)));
            return steps[^1].B;
        });
    }

    /// <summary>The chain.</summary>
    internal StochasticChain Chain { get; }

    /// <summary>Each layer.</summary>
    internal IReadOnlyList<StochasticStep> Steps => steps;

    /// <summary>The hard samples of all layers.</summary>
    internal Tensor Hard => Chain.Join([.. steps.Select(s => s.B)]);

    /// <summary>Points that are hard before a layer and relaxed from it on: the layer's own at <paramref name="z"/>, the later
    /// ones with the noise of their hard samples, given the relaxed points before them.</summary>
    /// <param name="layer">The first relaxed layer.</param>
    /// <param name="z">Its perturbed logits; the points are differentiable with respect to them.</param>
    /// <param name="soften">From the law of a layer and its perturbed logits to relaxed values.</param>
    /// <param name="noise">The noise of the later layers.</param>
    internal Tensor SoftFrom(int layer, Tensor z, Func<IRelaxable, Tensor, Tensor> soften, IReadOnlyList<Tensor> noise)
    {
        var path = steps.Take(layer).Select(s => s.B).Append(soften(steps[layer].Relaxable, z)).ToList();
        while (path.Count < steps.Count)
        {
            var law = (IRelaxable)Chain.Law(path);
            path.Add(soften(law, law.Perturb(noise[path.Count])));
        }

        return Chain.Join(path);
    }
}
