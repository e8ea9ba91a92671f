using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Direct;

/// <summary>
/// Training steps of direct optimization through argmax, of the exact gradient and of Gumbel-Softmax, for <c>heaviside bench direct</c>.
/// A work is the latents and what is trained, such as 1x10/direct.
/// </summary>
internal static class DirectTraining
{
    /// <summary>Of the direct gradient.</summary>
    internal const double Epsilon = 1;

    /// <summary>Of Gumbel-Softmax.</summary>
    internal const double Temperature = 0.5;

    private const int Hidden = 300;

    internal static IWork Create(string work, Tensor pixelMeans)
    {
        var (latents, name) = work.Split('/') is [var l, var n] ? (l, n) : throw new ArgumentException($"'{work}' is no work", nameof(work));
        var pixels = pixelMeans.shape[0];
        return new Training(latents == "15-bits" ? new Bits(pixels, name) : new OneVariable(pixels, long.Parse(latents.Split('x')[1]), name));
    }

    internal static Module<Tensor, Tensor> Perceptron(long inputs, long outputs) => Sequential(Linear(inputs, Hidden), ReLU(), Linear(Hidden, outputs));

    /// <summary>The cross-entropy of each code and example, summed over pixels: the shape of the codes without the last dimension.</summary>
    internal static Tensor Losses(Module<Tensor, Tensor> decoder, Tensor codes, Tensor x)
    {
        var logits = decoder.forward(codes);
        return functional.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction: Reduction.None).sum(-1);
    }
}
