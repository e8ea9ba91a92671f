using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks.Graphs;

/// <summary>An affine map of what a pair's sender and its receiver have, and of what the pair has itself, side by side.</summary>
/// <remarks>It is linear in each of them: what objects have is multiplied once for each object, not once for each pair.</remarks>
internal sealed class PairLinear : Component
{
    private readonly ObjectPairs pairs;
    private readonly Linear map;
    private readonly long[] widths;

    /// <summary>A map with PyTorch's initial weights.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="objectWidth">How many numbers an object has.</param>
    /// <param name="pairWidth">How many numbers a pair has; 0: none.</param>
    /// <param name="outputs">The width of the output.</param>
    /// <param name="rng">The source of the weights.</param>
    internal PairLinear(ObjectPairs pairs, long objectWidth, long pairWidth, long outputs, Generator rng)
        : base(nameof(PairLinear))
    {
        (this.pairs, widths) = (pairs, [objectWidth, objectWidth, pairWidth]);
        map = this.AddModule(nameof(map), Layers.Linear(widths.Sum(), outputs, rng));
    }

    /// <summary>The map itself: of senders, receivers and pairs, in this order.</summary>
    internal Linear Map => map;

    /// <summary>The parts of the output that come from receivers, with the constant, and from senders.</summary>
    /// <param name="objects">Shape <c>[R, n, ..., F]</c>.</param>
    /// <returns>Twice <c>[R, n, ..., H]</c>.</returns>
    internal (Tensor Receivers, Tensor Senders) Parts(Tensor objects)
    {
        var weights = map.weight.split(widths, 1);
        return (torch.nn.functional.linear(objects, weights[1], map.bias), torch.nn.functional.linear(objects, weights[0]));
    }

    /// <summary>The output, <c>[R, E, ..., H]</c>.</summary>
    /// <param name="objects">What objects have, <c>[R, n, ..., F]</c>.</param>
    /// <param name="own">What pairs have, <c>[R, E, ..., S]</c>; null: nothing.</param>
    internal Tensor Of(Tensor objects, Tensor? own = null)
    {
        var (receivers, senders) = Parts(objects);
        var joined = pairs.Join(receivers, senders);
        return own is null ? joined : joined + torch.nn.functional.linear(own, map.weight.split(widths, 1)[2]);
    }
}
