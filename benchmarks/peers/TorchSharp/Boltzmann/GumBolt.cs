using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Boltzmann;

/// <summary>A VAE of bits with a restricted Boltzmann machine as prior, for <c>heaviside bench gumbolt</c>. A work is GROUPS/HIDDEN/SAMPLES, such as 2/2/20.</summary>
internal sealed class GumBolt : Module<Tensor, Tensor>
{
    private const int Units = 200;
    private const double Temperature = 1.0 / 7, Least = 1e-6;

    private readonly int samples;
    private readonly ModuleList<Perceptron> encoders;
    private readonly Perceptron decoder;
    private readonly BoltzmannMachine prior;

    private GumBolt(long pixels, int groups, int hiddenLayers, int samples) : base(nameof(GumBolt))
    {
        this.samples = samples;
        encoders = ModuleList([.. Enumerable.Range(0, groups).Select(i => new Perceptron(pixels + i * Units, hiddenLayers, Units, Units))]);
        decoder = new(groups * Units, hiddenLayers, Units, pixels);
        prior = new(groups * Units / 2);
        RegisterComponents();
    }

    internal static IWork Create(string work, Tensor pixelMeans)
    {
        var counts = work.Split('/').Select(int.Parse).ToArray();
        return new Training(new GumBolt(pixelMeans.shape[0], counts[0], counts[1], counts[2]));
    }

    /// <summary>Minus the importance-weighted bound, averaged over the batch, with the gradient of log Z estimated by the chains.</summary>
    /// <param name="x">Images <c>[B, D]</c>.</param>
    public override Tensor forward(Tensor x)
    {
        x = x.expand([samples, .. x.shape]);
        List<Tensor> zeta = [];
        var logQ = zeros(x.shape[..^1]);
        foreach (var encoder in encoders)
        {
            var logits = encoder.forward(cat([x - 0.5, .. zeta], -1));
            var relaxed = sigmoid((logits + Draw.Logistic(rand_like(logits), Least)) / Temperature);
            logQ = logQ - functional.binary_cross_entropy_with_logits(logits, relaxed, reduction: Reduction.None).sum(-1);
            zeta.Add(relaxed);
        }

        var z = cat(zeta, -1);
        var logLikelihood = -functional.binary_cross_entropy_with_logits(decoder.forward(z), x, reduction: Reduction.None).sum(-1);
        var bound = logsumexp(logLikelihood - prior.Energy(z) - logQ, 0) - Math.Log(samples);
        var logPartition = -prior.Energy(prior.Sample()).mean();
        return logPartition - bound.mean();
    }
}
