using Heaviside.Distributions;
using Heaviside.Networks;
using Heaviside.Numerics;

namespace Heaviside.Models;

/// <summary>The maps of a belief network from each layer of units to the logits of the next one.</summary>
internal sealed class BeliefMaps : Component
{
    private readonly IReadOnlyList<int> widths;
    private readonly torch.nn.Module<Tensor, Tensor>[] maps;

    /// <summary>Maps that are given.</summary>
    /// <param name="widths">Units of the layers, the input's first.</param>
    /// <param name="maps">One from each width to the next.</param>
    internal BeliefMaps(IReadOnlyList<int> widths, params IEnumerable<torch.nn.Module<Tensor, Tensor>> maps)
        : base(nameof(BeliefMaps))
    {
        this.widths = widths;
        this.maps = [.. maps];
        foreach (var (i, map) in this.maps.Index()) this.AddModule($"{i}", map);
    }

    /// <summary>Affine maps, or such with tanh layers inside; weights begin as TF-slim's, biases as 0 (the code that goes with arXiv:1703.07370).</summary>
    /// <param name="widths">Units of the layers, the input's first.</param>
    /// <param name="hidden">Widths of the tanh layers inside every map; none: the maps are affine.</param>
    /// <param name="rng">The source of the weights.</param>
    internal BeliefMaps(IReadOnlyList<int> widths, IReadOnlyList<int> hidden, Generator rng)
        : this(widths, widths.Zip(widths.Skip(1), (from, to) => Perceptron.Create([from, .. hidden, to], torch.nn.Tanh, rng))) =>
        SlimWeights.Initialize(parameters(), rng);

    /// <summary>How units enter a map: bits in {0, 1} as values in {-1, 1}, and relaxed ones in between.</summary>
    internal static Tensor Signs(Tensor bits) => (2 * bits) - 1;

    /// <summary>The logits <c>[..., N]</c> that a map gives to an input <c>[..., M]</c>.</summary>
    internal Tensor Logits(int map, Tensor input) => maps[map].call(input);

    /// <summary>The stochastic layers of bits that follow an input <c>[B, M]</c>.</summary>
    internal StochasticChain Chain(Tensor input)
    {
        Shape.Require(input, [-1, widths[0]]);
        return new(
            new Bernoulli(Logits(0, input)),
            [.. Enumerable.Range(1, maps.Length - 1).Select(i => new StochasticLayer(widths[i + 1], b => new Bernoulli(Logits(i, Signs(b)))))]);
    }
}
