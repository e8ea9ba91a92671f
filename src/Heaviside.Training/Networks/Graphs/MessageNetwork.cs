using Heaviside.Kernels;
using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks.Graphs;

/// <summary>The messages of one type of edges: an affine map of sender and receiver, and another one, each with a nonlinearity.</summary>
internal abstract class MessageNetwork : Component
{
    private readonly PairLinear first;

    private protected MessageNetwork(ObjectPairs pairs, long objectWidth, int hidden, Generator rng)
        : base(nameof(MessageNetwork))
    {
        first = this.AddModule(nameof(first), new PairLinear(pairs, objectWidth, pairWidth: 0, hidden, rng));
        Second = this.AddModule("second", Layers.Linear(hidden, hidden, rng));
    }

    /// <summary>The second map.</summary>
    private protected Linear Second { get; }

    /// <summary>What objects <c>[R, n, S, F]</c> receive over a route: <c>[R, n, S, H]</c>.</summary>
    internal Tensor Send(Tensor objects, EdgeRoute route)
    {
        var (receivers, senders) = first.Parts(objects);
        return Send(receivers, senders, route);
    }

    /// <summary>The same from what receivers and senders add to the first layer, twice <c>[R, n, S, H]</c>.</summary>
    private protected virtual Tensor Send(Tensor receivers, Tensor senders, EdgeRoute route) =>
        route.SumToReceivers(Bend(Second.call(Bend(route.Join(receivers, senders)))));

    /// <summary>The nonlinearity.</summary>
    private protected abstract Tensor Bend(Tensor x);
}

/// <summary>Messages with tanh.</summary>
internal sealed class TanhMessageNetwork(ObjectPairs pairs, long objectWidth, int hidden, Generator rng) : MessageNetwork(pairs, objectWidth, hidden, rng)
{
    /// <inheritdoc/>
    private protected override Tensor Bend(Tensor x) => x.tanh();
}

/// <summary>Messages with ReLU.</summary>
internal sealed class ReluMessageNetwork(ObjectPairs pairs, long objectWidth, int hidden, Generator rng) : MessageNetwork(pairs, objectWidth, hidden, rng)
{
    /// <inheritdoc/>
    private protected override Tensor Bend(Tensor x) => x.relu();

    /// <inheritdoc/>
    private protected override Tensor Send(Tensor receivers, Tensor senders, EdgeRoute route) => ReluMessages.CanSend(receivers)
        ? new ReluMessages(route.Senders, route.Receivers).Of(receivers, senders, Second.weight, Second.bias!, route.Weights)
        : base.Send(receivers, senders, route);
}
