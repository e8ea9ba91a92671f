using BatchNorm1d = TorchSharp.Modules.BatchNorm1d;
using Conv1d = TorchSharp.Modules.Conv1d;

namespace Heaviside.Networks.Graphs;

/// <summary>An encoder that looks at the trajectories of a pair through convolutions over time, and attends to some frames more than to others.</summary>
/// <remarks>The first convolution is linear in sender and receiver: it is computed for each object, not for each pair. Kernels of 5 frames begin normal with the
/// variance 2 / (5 outputs), their biases are 0.1. Reference: Kipf et al. 2018, arXiv:1802.04687, appendix C, and its code.</remarks>
internal sealed class ConvolutionalEdgeEncoder : EdgeEncoder
{
    /// <summary>The fewest frames that it can look at.</summary>
    internal const int LeastFrames = 14;

    private const int Kernel = 5;

    private readonly Conv1d senders, receivers, second, prediction, attention;
    private readonly BatchNorm1d firstNorm, secondNorm;
    private readonly ObjectBlock pairBlock, objects;
    private readonly PairBlock pairsAgain;

    /// <summary>An encoder with random initial weights.</summary>
    internal ConvolutionalEdgeEncoder(ObjectPairs pairs, int features, int hidden, int outputs, Generator rng)
        : base(pairs, hidden, outputs, rng)
    {
        senders = this.AddModule(nameof(senders), Convolution(features, hidden, Kernel, rng, bias: false));
        receivers = this.AddModule(nameof(receivers), Convolution(features, hidden, Kernel, rng));
        firstNorm = this.AddModule(nameof(firstNorm), torch.nn.BatchNorm1d(hidden, device: rng.device));
        second = this.AddModule(nameof(second), Convolution(hidden, hidden, Kernel, rng));
        secondNorm = this.AddModule(nameof(secondNorm), torch.nn.BatchNorm1d(hidden, device: rng.device));
        prediction = this.AddModule(nameof(prediction), Convolution(hidden, hidden, 1, rng));
        attention = this.AddModule(nameof(attention), Convolution(hidden, 1, 1, rng));
        pairBlock = this.AddModule(nameof(pairBlock), new ObjectBlock(hidden, hidden, rng));
        objects = this.AddModule(nameof(objects), new ObjectBlock(hidden, hidden, rng));
        pairsAgain = this.AddModule(nameof(pairsAgain), new PairBlock(pairs, hidden, pairWidth: hidden, hidden, rng));
    }

    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x)
    {
        var known = pairBlock.Of(OverTime(x).view([x.size(0), Pairs.Count, -1]));
        return pairsAgain.Of(objects.Of(ToObjects(known)), known);
    }

    // One vector [B E, H] of each pair.
    private Tensor OverTime(Tensor x)
    {
        var series = x.flatten(0, 1).transpose(1, 2);
        Tensor OfObjects(Conv1d map)
        {
            var all = map.call(series);
            return all.view([x.size(0), Pairs.Objects, .. all.shape[1..]]);
        }

        var hidden = firstNorm.call(Pairs.Join(OfObjects(receivers), OfObjects(senders)).flatten(0, 1).relu());
        hidden = secondNorm.call(second.call(torch.nn.functional.max_pool1d(hidden, 2, 2)).relu());
        return (prediction.call(hidden) * attention.call(hidden).softmax(-1)).mean([-1]);
    }

    private static Conv1d Convolution(long inputs, long outputs, long kernel, Generator rng, bool bias = true)
    {
        const double InitialBias = 0.1;
        var map = torch.nn.Conv1d(inputs, outputs, kernel, bias: bias, device: rng.device);
        using var _ = torch.no_grad();
        map.weight.normal_(0, Math.Sqrt(2.0 / (kernel * outputs)), rng);
        map.bias?.fill_(InitialBias);
        return map;
    }
}
