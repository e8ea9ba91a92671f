using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Kernels;
using Heaviside.Networks;
using Heaviside.Priors;
using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>A variational autoencoder of bits with a Boltzmann machine as their prior.</summary>
/// <remarks>
/// <para>log w(z) = log p(x | z) - E(z) - log Z - log q(z | x): its mean under q is the evidence lower bound of log p(x). The posterior has
/// groups of bits, each given those before it: q(z_1 | x) q(z_2 | z_1, x) ...; the machine has all of them as its units, the first half
/// on its left side. Any gradient estimator trains the posterior; with <c>gumbolt</c> the model is GumBolt. The gradient of log Z comes
/// from samples of the machine, drawn by chains that are never begun anew.</para>
/// <para>Bits enter all maps as values in [0, 1], images minus the mean training image. The logits of the mean image, clipped to
/// [0.001, 0.999], are a constant on top of the output's learned bias. The parameters of the machine are 0 at first.</para>
/// <para>Reference: Khoshaman, Amin 2018, arXiv:1805.07349. What it leaves open is as in the code of its predecessors
/// (arXiv:1802.04920): batch norm before each tanh, no other hidden layers for linear maps, a weight of the divergence inside the bound of
/// several samples.</para>
/// </remarks>
public sealed class BoltzmannVae : DiscreteLatentModel, IHasPrior, IScheduled, IHasBoltzmannPrior
{
    private readonly IReadOnlyList<int> groups;
    private readonly NormalizedPerceptron[] encoders;
    private readonly NormalizedPerceptron decoder;
    private readonly BoltzmannPrior prior;
    private readonly Tensor pixelMeans;
    private readonly Tensor outputBias;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="groups">Bits of each group of the posterior.</param>
    /// <param name="hidden">Widths of the hidden layers inside every map; none: the maps are affine.</param>
    /// <param name="prior">The prior, of as many units as there are bits.</param>
    internal BoltzmannVae(ModelInput input, IReadOnlyList<int> groups, IReadOnlyList<int> hidden, BoltzmannPrior prior)
    {
        this.groups = groups;
        this.prior = register_module("prior", prior);
        encoders = [.. groups.Select((bits, i) => register_module($"encoder{i}", new NormalizedPerceptron([input.Dimensions, .. groups.Take(i).Select(g => (long)g)], hidden, bits, input.Rng)))];
        decoder = register_module("decoder", new NormalizedPerceptron([groups.Sum()], hidden, input.Dimensions, input.Rng));
        pixelMeans = register_buffer("pixel_means", torch.tensor(input.PixelMeans, device: input.Rng.Device));
        outputBias = register_buffer("output_bias", torch.tensor(OutputBias.FromMeans(input.PixelMeans), device: input.Rng.Device));
    }

    /// <summary>The weight of -E(z) - log Z - log q(z | x) in the training objective, 0 or more; default 1.</summary>
    /// <remarks>In a bound of several samples it is inside each log-weight, and the objective is no bound unless it is 1.</remarks>
    public Schedule KlWeight { get; init => field = ScheduleRange.NotNegative(value, nameof(KlWeight)); } = 1.0;

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => [.. groups.Select(n => (long[])[n])];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. encoders.SelectMany(e => e.parameters())];

    /// <inheritdoc/>
    public override long ContextSize => pixelMeans.size(0);

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("kl-weight", KlWeight)];

    /// <inheritdoc/>
    public BoltzmannMachine Prior => prior.Machine;

    /// <inheritdoc/>
    public double LogPartition
    {
        get => prior.LogPartition;
        set => prior.LogPartition = value;
    }

    /// <summary>A model from the settings groups, hidden, prior, chains, sweeps, gibbs and kl-weight.</summary>
    public static BoltzmannVae Create(Settings s, ModelInput input)
    {
        const int MaxWidth = 100_000;
        var groups = s.IntList("groups", [200], 1, MaxWidth, "bits of each group of the posterior");
        if (groups.Count == 0) throw new InputException("setting 'groups' is empty, expected the bits of one group at least");
        return new(input, groups, s.IntList("hidden", [], 1, MaxWidth, "widths of the tanh layers inside every map; none: linear"), ReadPrior(s, groups.Sum(), input.Rng))
        {
            KlWeight = ScheduleRange.Read(s, "kl-weight", 1.0, "weight of the prior's and the posterior's log-probabilities in training", ScheduleRange.NotNegative),
        };
    }

    /// <inheritdoc/>
    public override TrainingObjective Objective(Tensor x, GradientEstimator estimator, Generator rng)
    {
        prior.FollowLogPartition(Step, rng);
        var q = Law(x);
        var weight = KlWeight.At(Step);
        var f = new LogWeightObjective(z => LogLikelihood(x, z) - (weight * (prior.Machine.Energy(z) + q.JointLogProb(z))), x - pixelMeans, LogitParameters);
        var unnormalized = TrainingObjective.Of(estimator.Estimate(q.Layers == 1 ? q.First : q, f, rng));
        return unnormalized with
        {
            Loss = unnormalized.Loss + (weight * prior.LogPartitionTerm(Step)),
            Value = unnormalized.Value - (weight * LogPartition),
        };
    }

    /// <inheritdoc/>
    public override Tensor Elbo(Tensor x, Generator rng) => LogWeights(x, 1, rng)[0];

    /// <inheritdoc/>
    public override Tensor LogWeights(Tensor x, int samples, Generator rng)
    {
        var q = Law(x);
        var z = q.Sample(samples, rng);
        return LogLikelihood(x, z) - prior.Machine.Energy(z) - q.JointLogProb(z) - LogPartition;
    }

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng) => Decode(prior.Sample(count, rng)).sigmoid();

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng) => Decode(Law(x).Sample([], rng)).sigmoid();

    /// <summary>The approximate posterior q(z | x) of images <c>[B, D]</c>.</summary>
    public StochasticChain Law(Tensor x)
    {
        Shape.Require(x, [-1, ContextSize]);
        var centered = x - pixelMeans;
        return new(
            new Bernoulli(encoders[0].forward(centered)),
            [.. Enumerable.Range(1, groups.Count - 1).Select(i => new StochasticLayer(groups[i], before => new Bernoulli(encoders[i].forward([centered, .. before]))))]);
    }

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of bits <c>[..., N]</c>, hard or relaxed.</summary>
    public Tensor Decode(Tensor z) => decoder.forward(z) + outputBias;

    private static BoltzmannPrior ReadPrior(Settings s, int bits, Generator rng)
    {
        var kind = s.Choice("prior", "restricted", ["restricted", "factorial"], "prior of the bits: a restricted Boltzmann machine, or one without couplings");
        var chains = s.Int("chains", 100, 1, 1_000_000, "persistent chains of the prior");
        var sweeps = s.Int("sweeps", 200, 1, 1_000_000, "Gibbs sweeps of the chains in each training step");
        var paths = Enum.GetValues<GibbsPath>().ToDictionary(p => $"{p}".ToLowerInvariant());
        var path = paths[s.Choice("gibbs", "quantized", [.. paths.Keys], "how sweeps are computed")];
        if (kind == "factorial") return Of(new FactorialMachine(bits, rng.Device));
        if (bits < 2) throw new InputException("setting 'groups' has 1 bit, a restricted machine needs two sides");
        var machine = new RestrictedBoltzmannMachine(bits / 2, bits - (bits / 2), rng.Device);
        return new(machine, (count, random) => new GibbsSampler(machine, count, random) { Path = path }, chains, sweeps, rng);

        BoltzmannPrior Of(FactorialMachine machine) => new(machine, (count, random) => new SingleSiteSampler(machine, count, random), chains, sweeps, rng);
    }

    private Tensor LogLikelihood(Tensor x, Tensor z) => BernoulliLogLikelihood.Of(x, Decode(z));
}
