using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Kernels;
using Heaviside.Networks;
using Heaviside.Numerics;
using Heaviside.Regularizers;
using TorchSharp.Utils;
using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Models;

/// <summary>A variational autoencoder whose prior is a mixture of K Gaussians: it clusters the images, without labels.</summary>
/// <remarks>
/// <para>p(b) = 1/K, p(z | b) = N(mu_b, s_b), p(x | z) Bernoulli; q(z | x) Gaussian, q(b | z) the softmax of a small network that
/// stability regularization makes discrete: b = f(z + e) in training, with neither a relaxation's temperature nor an estimator.
/// Since such an output has no density, log q(b | z) comes from a second network r(z) that learns to predict b.</para>
/// <para>Training maximizes log p(x | z) + log p(z | b) - log q(z | x) + log p(b) - log r(b | z) + weight * R at b in (0, 1)^K, which
/// is no bound. The bounds of it are those of the mixture with b summed out, p(z) = sum_b p(z | b) / K, and valid.</para>
/// <para>f ends in logits that are standardized over the batch, with one learned scale, and each class's stability is clipped at
/// alpha = a/K, so that K/a clusters are enough for the largest R, each used equally often. Without the first, clusters die
/// early and stay dead.</para>
/// <para>Reference: Stability Regularization for Discrete Representation Learning, submitted to ICLR 2022 (no arXiv id), section 5.4.
/// Not in the paper: standardized logits, and, off by default, distorted copies of images in the pairs of R and the balance of clusters.</para>
/// </remarks>
public sealed class GaussianMixtureVae : PathwiseModel, IHasPrior, IClusters, IScheduled, IReportsNumbers
{
    private const double LeastLogVariance = -8, MostLogVariance = 4;

    private readonly GaussianMixtureVaeOptions options;
    private readonly RandomDistortion distortion;
    private readonly ImageMap encoder;
    private readonly ImageMap decoder;
    private readonly Linear mixture;
    private readonly Sequential logits;
    private readonly StableCategories assignment;
    private readonly Sequential regressor;
    [ComponentName(Name = "output_bias")] private readonly Tensor outputBias;
    private (double Stability, double Discreteness, double Prediction)? latest;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="options">Sizes, weights and what is maximized; null: those by default.</param>
    public GaussianMixtureVae(ModelInput input, GaussianMixtureVaeOptions? options = null)
    {
        this.options = options ??= new();
        var (clusters, latentSize, hidden) = (options.Clusters, options.LatentSize, options.Hidden);
        var channels = (options.Channels[0], options.Channels[1]);
        var image = new ImageShape(input.Channels, input.Height, input.Width);
        distortion = new(image);
        encoder = ResidualCoders.Encoder(image, channels, 2 * latentSize, input.Rng);
        decoder = ResidualCoders.Decoder(latentSize, image, channels, input.Rng);
        mixture = InitialMixture(clusters, latentSize, input.Rng);
        logits = Layers.Sequence(Perceptron.Create([latentSize, hidden, hidden, clusters], () => torch.nn.ReLU(), input.Rng), new StandardizedLogits(clusters, input.Rng));
        assignment = new(Layers.Sequence(logits, torch.nn.Softmax(-1))) { Regularizer = options.Stability.Regularizer };
        regressor = Layers.Sequence(Perceptron.Create([latentSize, hidden, clusters], () => torch.nn.ReLU(), input.Rng), torch.nn.LogSoftmax(-1));
        outputBias = this.AddBuffer("output_bias", torch.tensor(OutputBias.FromMeans(input.PixelMeans), device: input.Rng.device));
        foreach (var (name, part) in new (string, Module)[] { ("encoder", encoder), ("decoder", decoder), ("mixture", mixture), ("assignment", assignment), ("regressor", regressor) })
            this.AddModule(name, part);
    }

    /// <inheritdoc/>
    public int Clusters => options.Clusters;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("stability-weight", options.Stability.Weight), ("balance", options.Balance)];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Numbers => latest is not { } l ? [] :
        [("stability", l.Stability), ("discreteness", l.Discreteness), ("prediction-loss", l.Prediction)];

    /// <inheritdoc/>
    public override TrainingObjective Objective(Tensor x, Generator rng)
    {
        var (q, other) = Posteriors(x, rng);
        var z = q.RSample([], rng);
        var stable = assignment.Stabilize(options.SignalScale * z, rng, options.SignalScale * (other ?? z));
        var b = stable.Output;
        var r = regressor.call(z.detach());

        var divergence = Sum(q.LogProb(z)) - Sum(Mixture(b).LogProb(z)) + (b * r.detach()).sum(-1) + Math.Log(Clusters);
        var value = (LogLikelihood(x, z.unsqueeze(0))[0] - divergence).mean();
        var prediction = -(b.detach() * r).sum(-1).mean();
        latest = (stable.Stability.Number(), stable.Discreteness.Number(), prediction.Number());
        var usage = b.mean([0]);
        var balance = -(usage * usage.clamp_min(1e-12).log()).sum();
        return new(prediction - value - (options.Stability.Weight.At(Step) * stable.Maximand) - (options.Balance.At(Step) * balance), value.detach(), EvaluationPoint.RelaxedSample);
    }

    /// <inheritdoc/>
    public override Tensor Elbo(Tensor x, Generator rng) => LogWeights(x, 1, rng)[0];

    // log p(x | z) + log sum_b p(z | b) / K - log q(z | x)
    /// <inheritdoc/>
    public override Tensor LogWeights(Tensor x, int samples, Generator rng)
    {
        var q = Posterior(x);
        var z = q.RSample([samples], rng);
        var components = Mixture(torch.eye(Clusters, dtype: z.dtype, device: z.device));
        var perComponent = Sum(components.LogProb(z.unsqueeze(-2).expand([-1, -1, Clusters, -1])));
        return LogLikelihood(x, z) + perComponent.logsumexp(-1) - Math.Log(Clusters) - Sum(q.LogProb(z));
    }

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng) => Decode(Posterior(x).RSample([], rng)).sigmoid();

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng) =>
        GenerateFrom(torch.eye(Clusters, device: outputBias.device).index_select(0, torch.randint(0, Clusters, [count], generator: rng, device: outputBias.device)), rng);

    /// <inheritdoc/>
    public Tensor GenerateClusters(int count, Generator rng) =>
        GenerateFrom(torch.eye(Clusters, device: outputBias.device).repeat_interleave(count, 0), rng).view([Clusters, count, -1]);

    // At the mean of q(z | x).
    /// <inheritdoc/>
    public Tensor ClusterLogits(Tensor x) => logits.call(options.SignalScale * Posterior(x).Mean);

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of latents <c>[..., latent size]</c>.</summary>
    public Tensor Decode(Tensor z) => decoder.call(z) + outputBias;

    private static Linear InitialMixture(int clusters, int latentSize, Generator rng)
    {
        var mixture = Layers.Linear(clusters, 2 * latentSize, rng);
        using var _ = torch.no_grad();
        mixture.bias!.zero_();
        mixture.weight.zero_();
        mixture.weight.narrow(0, 0, latentSize).normal_(0, 0.1, rng);
        return mixture;
    }

    private static Tensor Sum(Tensor perDimension) => perDimension.sum(-1);

    // [..., 2 D] to N(mean, variance) of D dimensions.
    private static Normal Gaussian(Tensor parameters)
    {
        var parts = parameters.chunk(2, -1);
        return new(parts[0], (0.5 * parts[1].clamp(LeastLogVariance, MostLogVariance)).exp());
    }

    private Normal Posterior(Tensor x) => Gaussian(encoder.call(x));

    // One batch for both views, so that batch norm sees them together.
    private (Normal Q, Tensor? Other) Posteriors(Tensor x, Generator rng)
    {
        if (!options.DistortPairs) return (Posterior(x), null);
        var copies = Bernoulli.FromProbs(distortion.Of(x, rng)).Sample([], rng);
        var both = encoder.call(torch.cat([x, copies])).chunk(2, 0);
        return (Gaussian(both[0]), Gaussian(both[1]).Mean);
    }

    private Normal Mixture(Tensor b) => Gaussian(mixture.call(b));

    private Tensor LogLikelihood(Tensor x, Tensor z) => BernoulliLogLikelihood.Of(x, Decode(z));

    private Tensor GenerateFrom(Tensor b, Generator rng) => Decode(Mixture(b).RSample([], rng)).sigmoid();
}

/// <summary>The options of a <see cref="GaussianMixtureVae"/>.</summary>
public sealed record GaussianMixtureVaeOptions : IChecksOptions
{
    /// <summary>K, from 2 to 10000; default 20.</summary>
    [Option("components of the mixture", Least = 2, Most = 10_000)]
    public int Clusters { get; init => field = OptionInfo.Checked(this, value); } = 20;

    /// <summary>Channels of the two residual stages, the image's side first, each from 1 to 100000; default [8, 16].</summary>
    /// <exception cref="ArgumentException">There are not two.</exception>
    [Option("channels of the two residual stages", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> Channels
    {
        get;
        init => field = value.Count == 2 ? OptionInfo.Checked(this, value) : throw new ArgumentException("must have two numbers, one for each stage", nameof(Channels));
    } = [8, 16];

    /// <summary>The dimensions of z, from 1 to 100000; default 10.</summary>
    [Option("dimensions of z", Least = 1, Most = 100_000)]
    public int LatentSize { get; init => field = OptionInfo.Checked(this, value); } = 10;

    /// <summary>Units of each hidden layer of the networks f, which has two, and r, from 1 to 100000; default 128.</summary>
    [Option("units of the hidden layers of the cluster's networks", Least = 1, Most = 100_000)]
    public int Hidden { get; init => field = OptionInfo.Checked(this, value); } = 128;

    /// <summary>What is maximized of f, by default the sum over classes, each clipped at 2/K; and its weight, by default 80.</summary>
    [OptionGroup]
    public StabilityOptions Stability
    {
        get => field ??= new(80.0, new() { Alpha = Math.Min(1, 2.0 / Clusters), Clip = StabilityClip.Dimension, Reduction = StabilityReduction.Sum });
        init;
    }

    /// <summary>By what z is multiplied before the noise is added, from 1e-6 to 1e6; default 5: the smaller, the more the noise weighs.</summary>
    [Option("what z is multiplied by before the noise is added", Least = 1e-6, Most = 1e6)]
    public double SignalScale { get; init => field = OptionInfo.Checked(this, value); } = 5;

    /// <summary>The weight of the entropy of the batch's mean assignment, in nats, which keeps clusters from dying; 0 or more, default 0: none.</summary>
    [Option("weight of the entropy of the mean assignment, against dead clusters", Least = 0)]
    public Schedule Balance { get; init => field = OptionInfo.Checked(this, value); } = 0.0;

    /// <summary>Whether the second of each pair of R sees a distorted copy of the image, so that clusters do not depend on slant,
    /// size and place; default false.</summary>
    [Option("make pairs of an image and a distorted copy of it")]
    public bool DistortPairs { get; init; }

    /// <inheritdoc/>
    public string? Conflict => Stability.Conflict;
}
