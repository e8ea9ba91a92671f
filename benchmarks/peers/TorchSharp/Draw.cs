using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers;

/// <summary>Noise and samples that torch has no function for.</summary>
internal static class Draw
{
    /// <summary>Gumbel noise of the shape of <paramref name="x"/>.</summary>
    internal static Tensor GumbelLike(Tensor x) => -empty_like(x).exponential_().log();

    /// <summary>The logistic number of each uniform one.</summary>
    internal static Tensor Logistic(Tensor u, double least)
    {
        u = u.clamp(least, 1 - least);
        return u.log() - (-u).log1p();
    }

    /// <summary>Relaxed one-hot samples over the last dimension.</summary>
    internal static Tensor GumbelSoftmax(Tensor logits, double temperature) => functional.softmax((logits + GumbelLike(logits)) / temperature, -1);

    /// <summary>The one-hot vectors of the largest scores over the last dimension.</summary>
    internal static Tensor OneHot(Tensor scores) => functional.one_hot(scores.argmax(-1), scores.shape[^1]).to(scores.dtype);
}
