using static TorchSharp.torch;

namespace Heaviside.Peers.Graphs;

/// <summary>Relaxed spanning trees: the probabilities of the edges, as derivatives of the logarithm of a determinant.</summary>
internal static class SpanningTrees
{
    // Below the largest: determinants in single precision need it.
    private const double LeastScore = -10;

    /// <summary>The mean of what the two directions of a pair have: <c>[B, n (n - 1)]</c> to <c>[B, n (n - 1) / 2]</c>.</summary>
    internal static Tensor Undirected(Tensor x, long objects)
    {
        var matrix = Matrix(x, objects);
        var pairs = triu_indices(objects, objects, 1);
        return (matrix + matrix.transpose(-2, -1)).flatten(1).index_select(1, pairs[0] * objects + pairs[1]) / 2;
    }

    /// <summary>What a pair has for both of its directions.</summary>
    internal static Tensor Directed(Tensor x, long objects)
    {
        var others = (1 - eye(objects)).flatten().nonzero().squeeze(-1);
        return Symmetric(x, objects).flatten(1).index_select(1, others);
    }

    /// <summary>The probability of each edge where that of a tree is proportional to the exponential of its scores' sum.</summary>
    internal static Tensor Marginals(Tensor scores, long objects)
    {
        var weights = Symmetric((scores - scores.amax([-1], keepdim: true)).clamp_min(LeastScore).exp(), objects);
        var laplacian = weights.sum(-1).diag_embed() - weights;
        var logPartition = linalg.slogdet(laplacian.narrow(1, 1, objects - 1).narrow(2, 1, objects - 1)).Item2;
        return autograd.grad([logPartition.sum()], [scores], retain_graph: true, create_graph: true)[0];
    }

    private static Tensor Symmetric(Tensor x, long objects)
    {
        var pairs = triu_indices(objects, objects, 1);
        var upper = zeros(x.shape[0], objects * objects).index_copy(1, pairs[0] * objects + pairs[1], x).view(-1, objects, objects);
        return upper + upper.transpose(-2, -1);
    }

    private static Tensor Matrix(Tensor x, long objects)
    {
        var others = (1 - eye(objects)).flatten().nonzero().squeeze(-1);
        return zeros(x.shape[0], objects * objects).index_copy(1, others, x).view(-1, objects, objects);
    }
}
