using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks.Graphs;

/// <summary>A decoder with memory: objects send messages about their memories, which a gated recurrent unit updates.</summary>
/// <remarks>Messages are divided by the number of types that have them and by the number of objects, so that memories stay in range.
/// Reference: Kipf et al. 2018, arXiv:1802.04687, section 3.5.</remarks>
internal sealed class RecurrentEdgeDecoder : EdgeDecoder
{
    private readonly TanhMessageNetwork[] messages;
    private readonly Linear gates, received, hidden, hiddenAgain, output;
    private readonly int width;

    /// <summary>A decoder with PyTorch's initial weights.</summary>
    internal RecurrentEdgeDecoder(ObjectPairs pairs, int features, int types, int width, bool isFirstSilent, Generator rng)
        : base(pairs, isFirstSilent)
    {
        this.width = width;
        messages = OfEachType(types, () => new TanhMessageNetwork(pairs, width, width, rng));
        gates = this.AddModule(nameof(gates), Layers.Linear(features, 3 * width, rng));
        received = this.AddModule(nameof(received), Layers.Linear(width, 3 * width, rng, bias: false));
        hidden = this.AddModule(nameof(hidden), Layers.Linear(width, width, rng));
        hiddenAgain = this.AddModule(nameof(hiddenAgain), Layers.Linear(width, width, rng));
        output = this.AddModule(nameof(output), Layers.Linear(width, features, rng));
    }

    /// <inheritdoc/>
    private protected override Tensor Predict(Tensor x, IReadOnlyList<EdgeRoute> routes, Rollout rollout)
    {
        var memory = torch.zeros([.. x.shape[..2], 1, width], x.dtype, x.device);
        var (frame, predicted) = (x.narrow(2, 0, 1), new List<Tensor>());
        foreach (var (isSeen, t) in rollout.IsSeen.Select((seen, t) => (seen, t)))
        {
            if (isSeen) frame = x.narrow(2, t, 1);
            memory = Remember(memory, frame, routes);
            frame = frame + output.call(hiddenAgain.call(hidden.call(memory).relu()).relu());
            predicted.Add(frame);
        }

        return torch.cat(predicted, 2);
    }

    private Tensor Remember(Tensor memory, Tensor frame, IReadOnlyList<EdgeRoute> routes)
    {
        var sum = messages[0].Send(memory, routes[0]);
        for (var k = 1; k < messages.Length; k++) sum = sum + messages[k].Send(memory, routes[k]);
        var (seen, heard) = (gates.call(frame).chunk(3, -1), received.call(sum / (messages.Length * Pairs.Objects)).chunk(3, -1));
        var (reset, update) = ((seen[0] + heard[0]).sigmoid(), (seen[1] + heard[1]).sigmoid());
        var next = (seen[2] + (reset * heard[2])).tanh();
        return next + (update * (memory - next));
    }
}
