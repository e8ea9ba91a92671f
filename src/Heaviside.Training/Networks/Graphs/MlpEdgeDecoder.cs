using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks.Graphs;

/// <summary>A decoder without memory: the next frame is a function of the last one.</summary>
/// <remarks>Predictions from all frames that are seen are computed side by side.</remarks>
internal sealed class MlpEdgeDecoder : EdgeDecoder
{
    private readonly ReluMessageNetwork[] messages;
    private readonly Linear own, received, hidden, output;

    /// <summary>A decoder with PyTorch's initial weights.</summary>
    internal MlpEdgeDecoder(ObjectPairs pairs, int features, int types, int width, bool isFirstSilent, Generator rng)
        : base(pairs, isFirstSilent)
    {
        messages = OfEachType(types, () => new ReluMessageNetwork(pairs, features, width, rng));
        var joint = Layers.Linear(features + width, width, rng);
        own = this.AddModule(nameof(own), Layers.Linear(features, width, rng));
        received = this.AddModule(nameof(received), Layers.Linear(width, width, rng, bias: false));
        using (torch.no_grad())
        {
            // The parts of one map of what an object has and receives side by side.
            own.weight.copy_(joint.weight.narrow(1, 0, features));
            received.weight.copy_(joint.weight.narrow(1, features, width));
            own.bias!.copy_(joint.bias!);
        }

        hidden = this.AddModule(nameof(hidden), Layers.Linear(width, width, rng));
        output = this.AddModule(nameof(output), Layers.Linear(width, features, rng));
    }

    /// <inheritdoc/>
    private protected override Tensor Predict(Tensor x, IReadOnlyList<EdgeRoute> routes, Rollout rollout)
    {
        var segments = rollout.Segments;
        var frames = x.index_select(2, torch.tensor(segments.Select(s => (long)s.Start).ToArray(), device: x.device));
        var (predicted, times) = (new List<Tensor>(), new List<int>());
        for (var step = 0; step < segments[0].Length; step++)
        {
            var going = segments.TakeWhile(s => s.Length > step).ToArray();
            frames = Next(frames.narrow(2, 0, going.Length), routes);
            predicted.Add(frames);
            times.AddRange(going.Select(s => s.Start + step));
        }

        var order = torch.tensor(Enumerable.Range(0, times.Count).OrderBy(i => times[i]).Select(i => (long)i).ToArray(), device: x.device);
        return torch.cat(predicted, 2).index_select(2, order);
    }

    // Frames [R, n, S, D] to those after them.
    private Tensor Next(Tensor frames, IReadOnlyList<EdgeRoute> routes)
    {
        var sum = messages[0].Send(frames, routes[0]);
        for (var k = 1; k < messages.Length; k++) sum = sum + messages[k].Send(frames, routes[k]);
        return frames + output.call(hidden.call(received.call(sum).add_(own.call(frames)).relu_()).relu_());
    }
}
