using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Graphs;

/// <summary>
/// Neural relational inference, for <c>heaviside bench nri</c>. A work is what edges are (soft, hard or tree), the objects, frames and features of the data, the width
/// of all layers, the types of edges and the first of them that has messages, such as soft/5x49x4/256/2/0.
/// </summary>
internal sealed class RelationalInference : Module<Tensor, Tensor>
{
    private const double Temperature = 0.5, Variance = 5e-5;

    private readonly string kind;
    private readonly long[] shape; // T, n, D
    private readonly Encoder encoder;
    private readonly Decoder decoder;

    private RelationalInference(string kind, long[] shape, long width, int types, int first) : base(nameof(RelationalInference))
    {
        (this.kind, this.shape) = (kind, shape);
        var relations = new Relations(shape[1]);
        encoder = new Encoder(relations, shape[0] * shape[2], width, kind == "tree" ? 1 : types);
        decoder = new Decoder(relations, shape[2], width, types, first);
        RegisterComponents();
    }

    internal static IWork Create(string work, Tensor pixelMeans)
    {
        if (work.Split('/') is not [var kind and ("soft" or "hard" or "tree"), var sizes, var width, var types, var first] || sizes.Split('x').Select(long.Parse).ToArray() is not [var n, var t, var d])
            throw new ArgumentException($"'{work}' is no work", nameof(work));
        return new Training(new RelationalInference(kind, [t, n, d], long.Parse(width), int.Parse(types), int.Parse(first)));
    }

    /// <summary>Minus the evidence lower bound, but for constants, averaged over the batch.</summary>
    /// <param name="x">Trajectories <c>[B, T n D]</c>, frame by frame.</param>
    public override Tensor forward(Tensor x)
    {
        var frames = x.view([-1, .. shape]);
        var logits = encoder.forward(frames.transpose(1, 2).flatten(2));
        if (kind == "tree") return Tree(frames, logits.squeeze(-1));
        var logQ = functional.log_softmax(logits, -1);
        var divergence = (logQ.exp() * logQ).sum([-1, -2]);
        if (kind == "soft") return (Errors(frames, Draw.GumbelSoftmax(logits, Temperature)) + divergence).mean();

        var edges = Draw.OneHot(logits.detach() + Draw.GumbelLike(logits));
        var errors = Errors(frames, edges);
        var score = (edges * logQ).sum([-1, -2]);
        return (errors + errors.detach() * (score - score.detach()) + divergence).mean();
    }

    private Tensor Errors(Tensor frames, Tensor edges)
    {
        var errors = decoder.forward(frames, edges) - frames.narrow(1, 1, shape[0] - 1);
        return (errors.square() / (2 * Variance)).sum([1, 2, 3]);
    }

    // The two directions of a pair share a score.
    private Tensor Tree(Tensor frames, Tensor logits)
    {
        var scores = SpanningTrees.Undirected(logits, shape[1]);
        var edges = SpanningTrees.Directed(SpanningTrees.Marginals(scores + Draw.GumbelLike(scores), shape[1]), shape[1]);
        return Errors(frames, stack([1 - edges, edges], -1)).mean();
    }
}
