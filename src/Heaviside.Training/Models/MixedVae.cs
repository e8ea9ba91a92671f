using Heaviside.Bounds;
using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Kernels;
using Heaviside.Networks;
using Heaviside.Numerics;
using TorchSharp.Utils;
using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Models;

/// <summary>A variational autoencoder of one class z and one Gaussian g_k for each of the K classes, of which z chooses one; learns from labels, if there are any.</summary>
/// <remarks>
/// <para>p(z) uniform, p(g) standard normal, p(x | z, g_z) Bernoulli; q(z | x) and q(g_k | x). The decoder sees a K x G matrix whose
/// row z is g_z and whose other rows are 0. ELBO = E_q[log p(x | z, g_z) - KL(q(g_z | x) || p)] - KL(q(z | x) || p): what is inside
/// the first expectation is the f of gradient estimators; between classes its rows are z_k g_k and its divergence sum_k z_k KL_k.</para>
/// <para>The noise of all K Gaussians is drawn once for an estimate, so that f depends on z alone; their gradient is pathwise.</para>
/// <para>Networks: D-400-200 in common; 200-100-K for z; 200 to K rows of 100, and each row through the same 100-66-2G with dropout
/// in between for means and log-variances; K G-400-D decoder. Leaky rectifiers, in the decoder a plain one.
/// Or convolutions from the image to the 200 and from the Gaussian to the image, in which all classes share the map of the Gaussian: ours,
/// after one sentence of the paper, section 5.</para>
/// <para>Reference: Lorberbom et al. 2019, arXiv:1806.02867, section 4.2. Its code leaves out KL(q(z | x) || p) in training: kl-weight 0.</para>
/// </remarks>
public sealed class MixedVae : DiscreteLatentModel, IHasPrior, ILearnsLabels, IScheduled
{
    private const int BaseUnits = 400, Features = 200, RowFeatures = 100, RowUnits = 66;
    private const double Dropout = 0.5;

    private readonly MixedVaeOptions options;
    private readonly torch.nn.Module<Tensor, Tensor> encoder;
    private readonly Sequential classifier;
    private readonly Linear rows;
    private readonly Sequential rowHidden;
    private readonly Linear rowOutput;
    private readonly RowDecoder decoder;
    [ComponentName(Name = "output_bias")] private readonly Tensor? outputBias;
    private readonly int dimensions;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="options">Sizes, networks and weights; null: those by default.</param>
    /// <exception cref="InputException">The images are too small for the convolutions.</exception>
    public MixedVae(ModelInput input, MixedVaeOptions? options = null)
    {
        (this.options, dimensions) = (options ??= new(), input.Dimensions);
        var (classes, gaussianSize, rng) = (options.Classes, options.GaussianSize, input.Rng);
        torch.nn.Module<Tensor, Tensor> Leaky() => torch.nn.LeakyReLU(0.2);
        var image = new ImageShape(input.Channels, input.Height, input.Width);
        var isPerceptron = options.Network == MixedNetwork.Mlp;
        encoder = isPerceptron ? Perceptron.Create([dimensions, BaseUnits, Features], Leaky, rng) : ConvolutionalCoders.Encoder(image, options.Channels, Features, rng);
        classifier = Perceptron.Create([Features, RowFeatures, classes], Leaky, rng);
        rows = Layers.Linear(Features, classes * RowFeatures, rng);
        rowHidden = Layers.Sequence(Layers.Linear(RowFeatures, RowUnits, rng), torch.nn.LeakyReLU(0.5));
        rowOutput = Layers.Linear(RowUnits, 2 * gaussianSize, rng);
        decoder = isPerceptron
            ? new RowPerceptron(Perceptron.Create([classes * gaussianSize, BaseUnits, dimensions], () => torch.nn.ReLU(), rng), classes, gaussianSize)
            : new RowConvolution(classes, gaussianSize, image, options.Channels, rng);
        if (options.PixelMeans) outputBias = this.AddBuffer("output_bias", torch.tensor(OutputBias.FromMeans(input.PixelMeans), device: rng.device));
        this.AddModule(nameof(encoder), encoder);
        this.AddModule(nameof(classifier), classifier);
        this.AddModule(nameof(rows), rows);
        this.AddModule(nameof(rowHidden), rowHidden);
        this.AddModule(nameof(rowOutput), rowOutput);
        this.AddModule(nameof(decoder), decoder);
    }

    /// <inheritdoc/>
    public int Clusters => options.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => [[1, Clusters]];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. encoder.parameters(), .. classifier.parameters()];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> InferenceParameters =>
        [.. LogitParameters, .. rows.parameters(), .. rowHidden.parameters(), .. rowOutput.parameters()];

    /// <inheritdoc/>
    public override long ContextSize => dimensions;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("kl-weight", options.KlWeight)];

    /// <inheritdoc/>
    public OneHotCategorical ClassLaw(Tensor x) => Class(Encode(x));

    /// <inheritdoc/>
    public Tensor ClusterLogits(Tensor x) => ClassLaw(x).Logits.squeeze(-2);

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng) =>
        GenerateFrom(Classes().index_select(0, torch.randint(0, Clusters, [count], generator: rng, device: Classes().device)), rng);

    /// <inheritdoc/>
    public Tensor GenerateClusters(int count, Generator rng) =>
        GenerateFrom(Classes().repeat_interleave(count, 0), rng).view([Clusters, count, -1]);

    /// <inheritdoc/>
    public Tensor GenerateVariants(int count, Generator rng) =>
        OnMeans(decoder.OfEachClass(Noise.Normal([count, 1, options.GaussianSize], rows.weight, rng).expand([-1, Clusters, -1]))).sigmoid();

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng)
    {
        var (q, gaussians) = Posterior(x, rng);
        return Decode(q.Sample([], rng).squeeze(-2), gaussians.Draw([], rng)).sigmoid();
    }

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of classes <c>[..., K]</c>, hard or relaxed, and their
    /// Gaussian rows <c>[..., K, G]</c>; leading dimensions of 1, or missing ones, are repeated.</summary>
    public Tensor Decode(Tensor z, Tensor g)
    {
        Shape.RequireSuffix(z, [Clusters]);
        Shape.RequireSuffix(g, [Clusters, options.GaussianSize]);
        return OnMeans(decoder.Decode(z, g));
    }

    /// <inheritdoc/>
    protected override Elbo Bound(Tensor x, Generator rng)
    {
        var (q, gaussians) = Posterior(x, rng);
        return new(q, gaussians, g => GivenClass(x, g), Prior.Uniform) { KlWeight = options.KlWeight, Step = Step };
    }

    private Tensor Encode(Tensor x)
    {
        Shape.Require(x, [-1, dimensions]);
        return encoder.call(x);
    }

    private OneHotCategorical Class(Tensor features) => new(classifier.call(features).unsqueeze(-2));

    // Dropout is part of training alone; TorchSharp's takes no generator.
    private Tensor Drop(Tensor x, Generator rng) =>
        training ? x * torch.empty_like(x).bernoulli_(1 - Dropout, rng).div_(1 - Dropout) : x;

    private (OneHotCategorical Class, GaussianRows Gaussians) Posterior(Tensor x, Generator rng)
    {
        var features = Encode(x);
        var hidden = rowHidden.call(rows.call(features).view([-1, Clusters, RowFeatures]));
        var parameters = rowOutput.call(Drop(hidden, rng)).chunk(2, -1);
        return (Class(features), new(parameters[0], parameters[1]));
    }

    // f of a class is the same at every point: all classes are computed once.
    private CodeObjective GivenClass(Tensor x, Tensor g)
    {
        var context = outputBias is null ? x - 0.5 : x - outputBias.sigmoid();
        Tensor AtOtherClasses(Tensor z)
        {
            var each = BernoulliLogLikelihood.Of(x, OnMeans(decoder.OfEachClass(g))).t();
            return torch.stack([.. Enumerable.Range(1, Clusters - 1).Select(o => (z.squeeze(-2).roll(o, -1) * each).sum(-1))]);
        }

        return new(z => LogLikelihood(x, z, g), AtOtherClasses, context, LogitParameters);
    }

    private Tensor LogLikelihood(Tensor x, Tensor z, Tensor g) => BernoulliLogLikelihood.Of(x, Decode(z.squeeze(-2), g));

    private Tensor OnMeans(Tensor logits) => outputBias is null ? logits : logits + outputBias;

    private Tensor Classes() => torch.eye(Clusters, dtype: rows.weight.dtype, device: rows.weight.device);

    private Tensor GenerateFrom(Tensor z, Generator rng) =>
        Decode(z, Noise.Normal([z.size(0), Clusters, options.GaussianSize], z, rng)).sigmoid();
}

/// <summary>The options of a <see cref="MixedVae"/>.</summary>
public sealed record MixedVaeOptions
{
    /// <summary>K, from 2 to 10000; default 10.</summary>
    [Option("classes, each with a Gaussian of its own", Least = 2, Most = 10_000)]
    public int Classes { get; init => field = OptionInfo.Checked(this, value); } = 10;

    /// <summary>The dimensions G of each class's Gaussian, from 1 to 100000; default 30.</summary>
    [Option("dimensions of each class's Gaussian", Least = 1, Most = 100_000)]
    public int GaussianSize { get; init => field = OptionInfo.Checked(this, value); } = 30;

    /// <summary>Whether the output begins from the training set's pixel means; default false.</summary>
    [Option("begin the output from the pixel means of the training images")]
    public bool PixelMeans { get; init; }

    /// <summary>Perceptrons, the default, or convolutions.</summary>
    [Option("perceptrons, or convolutions with the setting channels")]
    public MixedNetwork Network { get; init; }

    /// <summary>Channels of the convolutions, each of which halves the image, the image's side first; each from 1 to 100000; default [32, 64, 128, 256].</summary>
    [Option("channels of the convolutions, each of which halves the image", Least = 1, Most = 100_000, If = nameof(Network), Is = MixedNetwork.Convolution)]
    public IReadOnlyList<int> Channels { get; init => field = OptionInfo.Checked(this, value); } = [32, 64, 128, 256];

    /// <summary>The weight of KL(q(z | x) || p) in the training objective, 0 or more; default 1, at which the objective is the ELBO.</summary>
    [Option("weight of the class's divergence from the prior", Least = 0)]
    public Schedule KlWeight { get; init => field = OptionInfo.Checked(this, value); } = 1.0;
}
