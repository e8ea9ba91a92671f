using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Graphs;

/// <summary>Predicts a few frames from each of those that are seen; every type of edges is evaluated on all edges.</summary>
internal sealed class Decoder : Module<Tensor, Tensor, Tensor>
{
    private const int Steps = 10;

    private readonly Relations relations;
    private readonly int first;
    private readonly long width;
    private readonly TorchSharp.Modules.ModuleList<Module<Tensor, Tensor>> message_first, message_second;
    private readonly Module<Tensor, Tensor> output;

    /// <param name="relations">The pairs.</param>
    /// <param name="features">Numbers of an object in a frame.</param>
    /// <param name="width">Width of the layers.</param>
    /// <param name="types">Types of edges.</param>
    /// <param name="first">The first type that has messages.</param>
    internal Decoder(Relations relations, long features, long width, int types, int first) : base(nameof(Decoder))
    {
        (this.relations, this.first, this.width) = (relations, first, width);
        message_first = ModuleList([.. Enumerable.Range(0, types).Select(Module<Tensor, Tensor> (_) => Linear(2 * features, width))]);
        message_second = ModuleList([.. Enumerable.Range(0, types).Select(Module<Tensor, Tensor> (_) => Linear(width, width))]);
        output = Sequential(Linear(features + width, width), ReLU(), Linear(width, width), ReLU(), Linear(width, features));
        RegisterComponents();
    }

    /// <summary>All frames but the first, as they are predicted.</summary>
    /// <param name="x">Frames <c>[B, T, n, D]</c>.</param>
    /// <param name="edges">Types <c>[B, E, K]</c>.</param>
    public override Tensor forward(Tensor x, Tensor edges)
    {
        var last = x.index_select(1, arange(0, x.shape[1], Steps));
        var types = edges.unsqueeze(1).expand(-1, last.shape[1], -1, -1);
        var predicted = new List<Tensor>();
        for (var step = 0; step < Steps; step++) predicted.Add(last = Next(last, types));
        return stack(predicted, 2).flatten(1, 2).narrow(1, 0, x.shape[1] - 1);
    }

    private Tensor Next(Tensor frames, Tensor types)
    {
        var pairs = relations.ToPairs(frames);
        var messages = zeros([.. pairs.shape[..^1], width]);
        for (var k = first; k < message_first.Count; k++)
        {
            var message = functional.relu(message_second[k].forward(functional.relu(message_first[k].forward(pairs))));
            messages += message * types.narrow(-1, k, 1);
        }

        return frames + output.forward(cat([frames, relations.ToObjects(messages)], -1));
    }
}
