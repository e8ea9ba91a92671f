using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>A draw of one law, or of each layer of a chain, as the argmax of scores and noise that are kept.</summary>
internal sealed class PerturbedPath
{
    private readonly StochasticChain? chain;

    private PerturbedPath(StochasticChain? chain, IReadOnlyList<IPerturbAndMap> laws, IReadOnlyList<Tensor> noise, IReadOnlyList<Tensor> points) =>
        (this.chain, Laws, Noise, Points) = (chain, laws, noise, points);

    /// <summary>The number of layers.</summary>
    internal int Layers => Laws.Count;

    /// <summary>The law of each layer, given the points before it.</summary>
    internal IReadOnlyList<IPerturbAndMap> Laws { get; }

    /// <summary>The noise of each layer, the shape of its points.</summary>
    internal IReadOnlyList<Tensor> Noise { get; }

    /// <summary>The points of each layer: bits <c>[P, B, N]</c> or one-hot vectors <c>[P, B, N, K]</c>.</summary>
    internal IReadOnlyList<Tensor> Points { get; }

    /// <summary>Draws from one law.</summary>
    internal static PerturbedPath Draw(IPerturbAndMap law, long samples, Generator rng)
    {
        (law as DiscreteDistribution)?.RequireExamples();
        var noise = law.Noise([samples], rng);
        return new(null, [law], [noise], [law.Maximize(noise)]);
    }

    /// <summary>Draws one layer after the other.</summary>
    internal static PerturbedPath Draw(StochasticChain chain, long samples, Generator rng)
    {
        var (laws, noises) = (new List<IPerturbAndMap>(), new List<Tensor>());
        var points = chain.Walk(samples, (layer, shape) =>
        {
            var law = (IPerturbAndMap)layer;
            laws.Add(law);
            noises.Add(law.Noise(shape, rng));
            return law.Maximize(noises[^1]);
        });
        return new(chain, laws, noises, points);
    }

    /// <summary>f at the points, <c>[P, B]</c>, differentiable, and for each layer how much f rises with each value of each variable, the shape of its points.</summary>
    internal (Tensor Value, IReadOnlyList<Tensor> Gains) Evaluate(Objective f)
    {
        if (f is ITabulated tabulated && Layers == 1 && Points[0].shape is [_, _, 1, _])
        {
            var table = tabulated.Table().t().unsqueeze(-2);
            return ((Points[0] * table).sum([-1, -2]), [table.detach().expand(Points[0].shape)]);
        }

        var value = f.Evaluate(Join(Points));
        using var _ = torch.no_grad();
        return (value, [.. Enumerable.Range(0, Layers).Select(i => Gains(f, i, value))]);
    }

    // Without a variable, or with one class, there is nothing that could change.
    private Tensor Gains(Objective f, int layer, Tensor value)
    {
        var points = Points[layer];
        return points.numel() == 0 || (Laws[layer] is OneHotCategorical && points.size(-1) == 1)
            ? torch.zeros_like(points)
            : SingleChanges.Gains(Variables(layer), AtSingleChanges(f, layer) - value).view(points.shape);
    }

    // The variables of a layer in one dimension, however many the law has them in.
    private Tensor Variables(int layer)
    {
        var points = Points[layer];
        return points.reshape([points.size(0), points.size(1), -1, .. Laws[layer] is OneHotCategorical law ? law.EventShape : []]);
    }

    private Tensor AtSingleChanges(Objective f, int layer)
    {
        if (f is ISingleChanges fast && Layers == 1) return fast.AtSingleChanges(Variables(layer));
        var changed = SingleChanges.Of(Variables(layer)).view([-1, .. Points[layer].shape]);
        var values = f.Evaluate(Continue(layer, changed));
        return values.view([changed.size(0), changed.size(1), -1]);
    }

    // The layers before as they are, those after drawn again with the same noise. From [C, P, B, ...] to [C P, B, ...].
    private Tensor Continue(int layer, Tensor changed)
    {
        if (chain is null) return changed.flatten(0, 1);
        Tensor Repeat(Tensor each) => each.unsqueeze(0).expand([changed.size(0), .. each.shape]).flatten(0, 1);
        var next = layer;
        return Join(chain.Walk(
            changed.size(0) * changed.size(1),
            (law, _) => ((IPerturbAndMap)law).Maximize(Repeat(Noise[++next])),
            [.. Points.Take(layer).Select(Repeat), changed.flatten(0, 1)]));
    }

    private Tensor Join(IReadOnlyList<Tensor> points) => chain is null ? points[0] : chain.Join(points);
}
