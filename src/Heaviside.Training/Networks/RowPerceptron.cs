using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks;

/// <summary>A perceptron whose input is a matrix of K rows of G values, of which one row at most is not 0: one part in K of its first map is enough then.</summary>
internal sealed class RowPerceptron : RowDecoder
{
    private readonly Sequential network;
    private readonly Linear first;
    private readonly torch.nn.Module<Tensor, Tensor>[] rest;
    private readonly long rows, size;

    /// <summary>A decoder around a perceptron, whose layers it registers as its own.</summary>
    /// <param name="network">The perceptron, which begins with an affine map of K G values.</param>
    /// <param name="rows">K.</param>
    /// <param name="size">G.</param>
    internal RowPerceptron(Sequential network, long rows, long size)
    {
        (this.network, this.rows, this.size) = (network, rows, size);
        torch.nn.Module<Tensor, Tensor>[] layers = [.. network.named_children().Select(c => (torch.nn.Module<Tensor, Tensor>)this.AddModule(c.name, c.module))];
        (first, rest) = ((Linear)layers[0], layers[1..]);
    }

    /// <inheritdoc/>
    internal override Tensor Decode(Tensor z, Tensor g) => network.call((z.unsqueeze(-1) * g).flatten(-2));

    /// <inheritdoc/>
    internal override Tensor OfEachClass(Tensor g)
    {
        var perRow = first.weight.view([-1, rows, size]).permute([1, 2, 0]);
        return rest.Aggregate(g.transpose(0, 1).bmm(perRow) + first.bias!, (x, module) => module.call(x));
    }
}
