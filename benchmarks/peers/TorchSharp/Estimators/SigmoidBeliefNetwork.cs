using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Estimators;

/// <summary>p(b) p(x | b) and q(b | x) with one layer of bits, each conditional an affine map.</summary>
internal sealed class SigmoidBeliefNetwork : nn.Module
{
    private readonly Linear encoder, decoder;
    private readonly Parameter prior;
    private readonly Tensor pixel_means, output_bias;

    /// <param name="pixelMeans">Of the data, <c>[D]</c>.</param>
    /// <param name="units">The number of bits.</param>
    internal SigmoidBeliefNetwork(Tensor pixelMeans, long units = 200) : base(nameof(SigmoidBeliefNetwork))
    {
        (Pixels, Units) = (pixelMeans.shape[0], units);
        encoder = Linear(Pixels, units);
        decoder = Linear(units, Pixels);
        prior = Parameter(zeros(units));
        pixel_means = pixelMeans.clone();
        output_bias = pixelMeans.clamp(0.001, 0.999).logit();
        RegisterComponents();
    }

    internal long Pixels { get; }

    internal long Units { get; }

    internal Tensor Center(Tensor x) => x - pixel_means;

    /// <summary>The logits <c>[B, Units]</c> of q(b | x).</summary>
    internal Tensor Posterior(Tensor x) => encoder.forward(Center(x));

    /// <summary>log p(x, b) - log q(b | x) <c>[B]</c>; b may be relaxed.</summary>
    internal Tensor Elbo(Tensor x, Tensor logits, Tensor b)
    {
        var logLikelihood = LogBernoulli(x, decoder.forward(2 * b - 1) + output_bias);
        return logLikelihood + LogBernoulli(b, prior) - LogBernoulli(b, logits);
    }

    // log p(b) summed over the last dimension; b may be fractional.
    private static Tensor LogBernoulli(Tensor b, Tensor logits) =>
        -functional.binary_cross_entropy_with_logits(logits.expand_as(b), b, reduction: Reduction.None).sum(-1);
}
