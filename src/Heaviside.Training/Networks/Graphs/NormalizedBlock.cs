using BatchNorm1d = TorchSharp.Modules.BatchNorm1d;
using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks.Graphs;

/// <summary>The block of which encoders of graphs are made: an affine map, ELU, another one, ELU, batch norm over all objects or pairs of all examples.</summary>
/// <remarks>Initial weights are normal with the variance 2 / (inputs + outputs), biases are 0.1. Reference: Kipf et al. 2018, arXiv:1802.04687, appendix C, and its code.</remarks>
internal abstract class NormalizedBlock : Component
{
    private const double InitialBias = 0.1;

    private readonly Linear second;
    private readonly BatchNorm1d norm;

    private protected NormalizedBlock(int hidden, Generator rng)
        : base(nameof(NormalizedBlock))
    {
        second = this.AddModule(nameof(second), Xavier(Layers.Linear(hidden, hidden, rng), rng));
        norm = this.AddModule(nameof(norm), torch.nn.BatchNorm1d(hidden, device: rng.device));
    }

    /// <summary>Gives a map the initial weights of encoders.</summary>
    internal static Linear Xavier(Linear map, Generator rng)
    {
        using var _ = torch.no_grad();
        map.weight.normal_(0, Math.Sqrt(2.0 / (map.weight.size(0) + map.weight.size(1))), rng);
        map.bias!.fill_(InitialBias);
        return map;
    }

    /// <summary>What follows the first affine map: <c>[..., H]</c> to <c>[..., H]</c>.</summary>
    private protected Tensor Finish(Tensor first)
    {
        var hidden = second.call(first.elu()).elu();
        return norm.call(hidden.flatten(0, -2)).view(hidden.shape);
    }
}

/// <summary>A block of what objects, or pairs, have: <c>[R, n, F]</c> to <c>[R, n, H]</c>.</summary>
internal sealed class ObjectBlock : NormalizedBlock
{
    private readonly Linear first;

    /// <summary>A block with random initial weights.</summary>
    internal ObjectBlock(long inputs, int hidden, Generator rng)
        : base(hidden, rng) => first = this.AddModule(nameof(first), Xavier(Layers.Linear(inputs, hidden, rng), rng));

    /// <summary>Its output.</summary>
    internal Tensor Of(Tensor objects) => Finish(first.call(objects));
}

/// <summary>A block of what the two objects of a pair have, and the pair itself: <c>[R, n, F]</c> and <c>[R, E, S]</c> to <c>[R, E, H]</c>.</summary>
internal sealed class PairBlock : NormalizedBlock
{
    private readonly PairLinear first;

    /// <summary>A block with random initial weights.</summary>
    internal PairBlock(ObjectPairs pairs, long objectWidth, long pairWidth, int hidden, Generator rng)
        : base(hidden, rng)
    {
        first = this.AddModule(nameof(first), new PairLinear(pairs, objectWidth, pairWidth, hidden, rng));
        Xavier(first.Map, rng);
    }

    /// <summary>Its output.</summary>
    internal Tensor Of(Tensor objects, Tensor? own = null) => Finish(first.Of(objects, own));
}
