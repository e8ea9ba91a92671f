using Heaviside.Bounds;
using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Kernels;
using Heaviside.Networks;
using Heaviside.Numerics;
using TorchSharp.Utils;

namespace Heaviside.Models;

/// <summary>A variational autoencoder whose latent code is N categorical variables of K classes, with a uniform prior.</summary>
/// <remarks>
/// <para>Encoder D-200-ELU to N x K logits; decoder N K-400-ELU to D Bernoulli logits, on top of the logits of the training
/// set's pixel means unless these are left out. The divergence from the prior is computed in closed form: ELBO = E_q[log p(x | b)] - KL(q || uniform).</para>
/// <para>The network of arXiv:1611.01144 as the later papers use it; arXiv:1806.02867 has one variable, ReLU, and no pixel means.</para>
/// </remarks>
public sealed class CategoricalVae : DiscreteLatentModel, IHasPrior, IScheduled
{
    private readonly LatentShape latents;
    private readonly Sequential encoder;
    private readonly CodePerceptron decoder;
    [ComponentName(Name = "output_bias")] private readonly Tensor? outputBias;
    private readonly int dimensions;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="latents">N variables of K classes.</param>
    /// <param name="encoderLayers">Widths of the encoder's hidden layers.</param>
    /// <param name="decoderLayers">Widths of the decoder's hidden layers.</param>
    /// <param name="nonlinearity">After each hidden layer; default ELU.</param>
    /// <param name="pixelMeans">Whether the output begins from the training set's pixel means.</param>
    public CategoricalVae(
        ModelInput input, LatentShape latents, IReadOnlyList<int> encoderLayers, IReadOnlyList<int> decoderLayers, Func<torch.nn.Module<Tensor, Tensor>>? nonlinearity = null, bool pixelMeans = true)
    {
        (this.latents, dimensions) = (latents, input.Dimensions);
        var code = latents.Variables * latents.Classes;
        nonlinearity ??= () => torch.nn.ELU();
        encoder = this.AddModule(nameof(encoder), Perceptron.Create([dimensions, .. encoderLayers, code], nonlinearity, input.Rng));
        var layers = this.AddModule(nameof(decoder), Perceptron.Create([code, .. decoderLayers, dimensions], nonlinearity, input.Rng));
        decoder = new(layers, latents.Variables, latents.Classes);
        if (pixelMeans) outputBias = this.AddBuffer("output_bias", torch.tensor(OutputBias.FromMeans(input.PixelMeans), device: input.Rng.device));
    }

    /// <summary>The weight of the divergence in the training objective, 0 or more; default 1, at which the objective is the ELBO.</summary>
    public Schedule KlWeight { get; init => field = ScheduleRange.NotNegative(value, nameof(KlWeight)); } = 1.0;

    /// <summary>Whether the divergence is estimated with the samples, as a part of the estimator's f = log p(x | b) - log q(b | x) + log p(b),
    /// in place of its closed form; default false. A biased estimator may treat the two differently.</summary>
    public bool SampledDivergence { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => [[latents.Variables, latents.Classes]];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. encoder.parameters()];

    /// <inheritdoc/>
    public override long ContextSize => dimensions;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("kl-weight", KlWeight)];

    /// <summary>A model from the settings latents, encoder-layers, decoder-layers, activation, pixel-means, kl-weight and sampled-divergence.</summary>
    public static CategoricalVae Create(Settings s, ModelInput input) =>
        new(
            input,
            LatentShape.Parse(s.Text("latents", "30x10", "N categorical variables of K classes, NxK")),
            s.IntList("encoder-layers", [200], 1, 100_000, "widths of the encoder's hidden layers"),
            s.IntList("decoder-layers", [400], 1, 100_000, "widths of the decoder's hidden layers"),
            s.Choice("activation", "elu", ["elu", "relu"], "nonlinearity of the hidden layers") == "relu" ? () => torch.nn.ReLU() : () => torch.nn.ELU(),
            s.Bool("pixel-means", true, "begin the output from the pixel means of the training images"))
        {
            KlWeight = s.Schedule("kl-weight", 1.0, "weight of the divergence from the prior", ScheduleRange.NotNegative),
            SampledDivergence = s.Bool("sampled-divergence", false, "estimate the divergence with the samples, as a part of what the estimator sees"),
        };

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng)
    {
        var uniform = torch.zeros([count, latents.Variables, latents.Classes], device: LogitParameters[0].device);
        return Decode(new OneHotCategorical(uniform).Sample([], rng)).sigmoid();
    }

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng) => Decode(Posterior(x).Sample([], rng)).sigmoid();

    /// <summary>q(b | x) of images <c>[B, D]</c>, as N independent variables of K classes.</summary>
    public OneHotCategorical Posterior(Tensor x)
    {
        Shape.Require(x, [-1, dimensions]);
        return new(encoder.call(x).view([-1, latents.Variables, latents.Classes]));
    }

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of codes <c>[..., N, K]</c>, hard or relaxed.</summary>
    public Tensor Decode(Tensor b)
    {
        Shape.RequireSuffix(b, [latents.Variables, latents.Classes]);
        return OnMeans(decoder.forward(b));
    }

    /// <inheritdoc/>
    protected override Elbo Bound(Tensor x, Generator rng) =>
        new(Posterior(x), Likelihood(x), Prior.Uniform) { KlWeight = KlWeight, Step = Step, SampledDivergence = SampledDivergence };

    private Tensor OnMeans(Tensor logits) => outputBias is null ? logits : logits + outputBias;

    // One variable: K rows of the decoder serve the whole batch, and x l - softplus(l) is one matrix product.
    private ModelObjective Likelihood(Tensor x)
    {
        var context = outputBias is null ? x - 0.5 : x - outputBias.sigmoid();
        Tensor AtSingleChanges(Tensor b) => BernoulliLogLikelihood.Of(x, OnMeans(decoder.AtSingleChanges(b)).flatten(0, 1)).view([-1, b.size(0), b.size(1)]);
        Tensor Table()
        {
            var logits = OnMeans(decoder.OfEachClass());
            return logits.MatMul(x.t()) - logits.softplus().sum(-1, keepdim: true);
        }

        return latents.Variables == 1
            ? new TabulatedObjective(b => LogLikelihood(x, b), Table, context, LogitParameters)
            : new CodeObjective(b => LogLikelihood(x, b), AtSingleChanges, context, LogitParameters);
    }

    private Tensor LogLikelihood(Tensor x, Tensor b) => BernoulliLogLikelihood.Of(x, Decode(b));
}
