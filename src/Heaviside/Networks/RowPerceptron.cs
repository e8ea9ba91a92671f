using Heaviside.Torch;

namespace Heaviside.Networks;

/// <summary>A perceptron whose input is a matrix of K rows of G values, of which one row at most is not 0: one part in K of its first map is enough then.</summary>
/// <param name="network">The network, which begins with an affine map of K G values.</param>
/// <param name="rows">K.</param>
/// <param name="size">G.</param>
internal sealed class RowPerceptron(Sequential network, long rows, long size)
{
    private readonly Linear first = (Linear)network.named_children().First().module;
    private readonly Module<Tensor, Tensor>[] rest = [.. network.named_children().Skip(1).Select(c => (Module<Tensor, Tensor>)c.module)];

    /// <summary>The output for matrices <c>[..., K, G]</c>.</summary>
    internal Tensor forward(Tensor matrix) => network.forward(matrix.flatten(-2));

    /// <summary>The output for each row alone, all others 0: from <c>[B, K, G]</c> to <c>[K, B, D]</c>.</summary>
    internal Tensor OfEachRow(Tensor matrix)
    {
        var perRow = first.weight.view([-1, rows, size]).permute([1, 2, 0]);
        return rest.Aggregate(matrix.transpose(0, 1).bmm(perRow) + first.bias!, (x, module) => module.forward(x));
    }
}
