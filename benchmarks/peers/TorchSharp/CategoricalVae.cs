using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers;

/// <summary>The categorical VAE with Gumbel-Softmax, for <c>heaviside bench vae</c>. A work is the shape of the latents, such as 30x10.</summary>
internal sealed class CategoricalVae : Module<Tensor, Tensor>
{
    private const double Temperature = 0.5;

    private readonly long variables, classes;
    private readonly Module<Tensor, Tensor> encoder, decoder;
    private readonly Tensor output_bias;

    private CategoricalVae(long pixels, long variables, long classes) : base(nameof(CategoricalVae))
    {
        (this.variables, this.classes) = (variables, classes);
        var code = variables * classes;
        encoder = Sequential(Linear(pixels, 200), ELU(), Linear(200, code));
        decoder = Sequential(Linear(code, 400), ELU(), Linear(400, pixels));
        output_bias = zeros(pixels);
        RegisterComponents();
    }

    internal static IWork Create(string work, Tensor pixelMeans)
    {
        var shape = work.Split('x').Select(long.Parse).ToArray();
        return new Training(new CategoricalVae(pixelMeans.shape[0], shape[0], shape[1]).to(pixelMeans.device));
    }

    /// <summary>Minus the evidence lower bound, averaged over the batch.</summary>
    /// <param name="x">Images <c>[B, D]</c>.</param>
    public override Tensor forward(Tensor x)
    {
        var logits = encoder.forward(x).view(-1, variables, classes);
        var b = Draw.GumbelSoftmax(logits, Temperature);
        var reconstruction = decoder.forward(b.flatten(1)) + output_bias;
        var logLikelihood = -functional.binary_cross_entropy_with_logits(reconstruction, x, reduction: Reduction.None).sum(-1);
        var logQ = functional.log_softmax(logits, -1);
        var kl = (logQ.exp() * (logQ + Math.Log(classes))).sum([-1, -2]);
        return -(logLikelihood - kl).mean();
    }
}
