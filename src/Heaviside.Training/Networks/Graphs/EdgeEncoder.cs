using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks.Graphs;

/// <summary>From trajectories of objects to logits of the types of all ordered pairs; relabeled objects have relabeled logits.</summary>
/// <remarks>Reference: Kipf et al. 2018, arXiv:1802.04687, section 3.1.</remarks>
internal abstract class EdgeEncoder : Component
{
    private readonly Linear output;

    private protected EdgeEncoder(ObjectPairs pairs, int hidden, int outputs, Generator rng)
        : base(nameof(EdgeEncoder))
    {
        Pairs = pairs;
        output = this.AddModule(nameof(output), NormalizedBlock.Xavier(Layers.Linear(hidden, outputs, rng), rng));
    }

    /// <summary>The pairs.</summary>
    private protected ObjectPairs Pairs { get; }

    /// <summary>The logits <c>[B, E, K]</c>.</summary>
    /// <param name="x">Trajectories, <c>[B, n, T, D]</c>.</param>
    internal Tensor Logits(Tensor x) => output.call(Features(x));

    /// <summary>What is known of each pair, <c>[B, E, H]</c>.</summary>
    private protected abstract Tensor Features(Tensor x);

    /// <summary>What objects receive from their pairs, <c>[B, E, H]</c> to <c>[B, n, H]</c>: the sum, divided by the number of objects.</summary>
    private protected Tensor ToObjects(Tensor pairs) => Pairs.SumToReceivers(pairs) / Pairs.Objects;
}
