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
    private readonly CategoricalVaeOptions options;
    private readonly Sequential encoder;
    private readonly CodePerceptron decoder;
    [ComponentName(Name = "output_bias")] private readonly Tensor? outputBias;
    private readonly int dimensions;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="options">Sizes and weights; null: those by default.</param>
    public CategoricalVae(ModelInput input, CategoricalVaeOptions? options = null)
    {
        (this.options, dimensions) = (options ??= new(), input.Dimensions);
        var (variables, classes) = options.Latents;
        Func<torch.nn.Module<Tensor, Tensor>> nonlinearity = options.Activation == Nonlinearity.Relu ? () => torch.nn.ReLU() : () => torch.nn.ELU();
        encoder = this.AddModule(nameof(encoder), Perceptron.Create([dimensions, .. options.EncoderLayers, variables * classes], nonlinearity, input.Rng));
        var layers = this.AddModule(nameof(decoder), Perceptron.Create([variables * classes, .. options.DecoderLayers, dimensions], nonlinearity, input.Rng));
        decoder = new(layers, variables, classes);
        if (options.PixelMeans) outputBias = this.AddBuffer("output_bias", torch.tensor(OutputBias.FromMeans(input.PixelMeans), device: input.Rng.device));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => [[options.Latents.Variables, options.Latents.Classes]];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. encoder.parameters()];

    /// <inheritdoc/>
    public override long ContextSize => dimensions;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("kl-weight", options.KlWeight)];

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng)
    {
        var uniform = torch.zeros([count, options.Latents.Variables, options.Latents.Classes], device: LogitParameters[0].device);
        return Decode(new OneHotCategorical(uniform).Sample([], rng)).sigmoid();
    }

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng) => Decode(Posterior(x).Sample([], rng)).sigmoid();

    /// <summary>q(b | x) of images <c>[B, D]</c>, as N independent variables of K classes.</summary>
    public OneHotCategorical Posterior(Tensor x)
    {
        Shape.Require(x, [-1, dimensions]);
        return new(encoder.call(x).view([-1, options.Latents.Variables, options.Latents.Classes]));
    }

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of codes <c>[..., N, K]</c>, hard or relaxed.</summary>
    public Tensor Decode(Tensor b)
    {
        Shape.RequireSuffix(b, [options.Latents.Variables, options.Latents.Classes]);
        return OnMeans(decoder.forward(b));
    }

    /// <inheritdoc/>
    protected override Elbo Bound(Tensor x, Generator rng) =>
        new(Posterior(x), Likelihood(x), Prior.Uniform) { KlWeight = options.KlWeight, Step = Step, SampledDivergence = options.SampledDivergence };

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

        return options.Latents.Variables == 1
            ? new TabulatedObjective(b => LogLikelihood(x, b), Table, context, LogitParameters)
            : new CodeObjective(b => LogLikelihood(x, b), AtSingleChanges, context, LogitParameters);
    }

    private Tensor LogLikelihood(Tensor x, Tensor b) => BernoulliLogLikelihood.Of(x, Decode(b));
}

/// <summary>The options of a <see cref="CategoricalVae"/>.</summary>
public sealed record CategoricalVaeOptions
{
    /// <summary>N variables of K classes; default 30x10.</summary>
    [Option("N categorical variables of K classes, NxK")]
    public LatentShape Latents { get; init; } = new(30, 10);

    /// <summary>Widths of the encoder's hidden layers, each from 1 to 100000; default [200].</summary>
    [Option("widths of the encoder's hidden layers", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> EncoderLayers { get; init => field = OptionInfo.Checked(this, value); } = [200];

    /// <summary>Widths of the decoder's hidden layers, each from 1 to 100000; default [400].</summary>
    [Option("widths of the decoder's hidden layers", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> DecoderLayers { get; init => field = OptionInfo.Checked(this, value); } = [400];

    /// <summary>After each hidden layer; default ELU.</summary>
    [Option("nonlinearity of the hidden layers")]
    public Nonlinearity Activation { get; init; } = Nonlinearity.Elu;

    /// <summary>Whether the output begins from the training set's pixel means; default true.</summary>
    [Option("begin the output from the pixel means of the training images")]
    public bool PixelMeans { get; init; } = true;

    /// <summary>The weight of the divergence in the training objective, 0 or more; default 1, at which the objective is the ELBO.</summary>
    [Option("weight of the divergence from the prior", Least = 0)]
    public Schedule KlWeight { get; init => field = OptionInfo.Checked(this, value); } = 1.0;

    /// <summary>Whether the divergence is estimated with the samples, as a part of the estimator's f = log p(x | b) - log q(b | x) + log p(b),
    /// in place of its closed form; default false. A biased estimator may treat the two differently.</summary>
    [Option("estimate the divergence with the samples, as a part of what the estimator sees")]
    public bool SampledDivergence { get; init; }
}
