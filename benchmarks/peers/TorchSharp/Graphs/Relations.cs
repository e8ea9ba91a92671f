using static TorchSharp.torch;

namespace Heaviside.Peers.Graphs;

/// <summary>The ordered pairs of n objects as matrices of zeros and ones, as the public code of neural relational inference has them.</summary>
internal sealed class Relations
{
    /// <summary>Pairs row by row over (receiver, sender).</summary>
    internal Relations(long objects)
    {
        var pairs = (1 - eye(objects)).nonzero();
        Receivers = nn.functional.one_hot(pairs.select(1, 0), objects).to(ScalarType.Float32);
        Senders = nn.functional.one_hot(pairs.select(1, 1), objects).to(ScalarType.Float32);
    }

    /// <summary>Which object receives over each pair, <c>[E, n]</c>.</summary>
    internal Tensor Receivers { get; }

    /// <summary>Which object sends over each pair, <c>[E, n]</c>.</summary>
    internal Tensor Senders { get; }

    /// <summary>What sender and receiver of each pair have, side by side: <c>[..., n, F]</c> to <c>[..., E, 2 F]</c>.</summary>
    internal Tensor ToPairs(Tensor objects) => cat([Senders.matmul(objects), Receivers.matmul(objects)], -1);

    /// <summary>The sum over the pairs of each receiver: <c>[..., E, F]</c> to <c>[..., n, F]</c>.</summary>
    internal Tensor ToObjects(Tensor pairs) => pairs.transpose(-2, -1).matmul(Receivers).transpose(-2, -1).contiguous();
}
