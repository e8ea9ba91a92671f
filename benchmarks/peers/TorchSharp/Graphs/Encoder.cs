using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Graphs;

/// <summary>From trajectories <c>[B, n, T D]</c> to logits of the types of all pairs, <c>[B, E, K]</c>.</summary>
internal sealed class Encoder : Module<Tensor, Tensor>
{
    private readonly Relations relations;
    private readonly Module<Tensor, Tensor> objects, pairs, objects_again, pairs_again, output;

    internal Encoder(Relations relations, long inputs, long width, long outputs) : base(nameof(Encoder))
    {
        this.relations = relations;
        objects = new Block(inputs, width);
        pairs = new Block(2 * width, width);
        objects_again = new Block(width, width);
        pairs_again = new Block(3 * width, width);
        output = Linear(width, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var known = pairs.forward(relations.ToPairs(objects.forward(x)));
        var heard = relations.Receivers.t().matmul(known) / x.shape[1];
        return output.forward(pairs_again.forward(cat([relations.ToPairs(objects_again.forward(heard)), known], -1)));
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> layers, norm;

        internal Block(long inputs, long width) : base(nameof(Block))
        {
            layers = Sequential(Linear(inputs, width), ELU(), Linear(width, width), ELU());
            norm = BatchNorm1d(width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var hidden = layers.forward(x);
            return norm.forward(hidden.flatten(0, 1)).view(hidden.shape);
        }
    }
}
