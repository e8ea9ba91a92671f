using Heaviside.Bounds;
using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Numerics;
using Heaviside.Priors;

namespace Heaviside.Models;

/// <summary>A variational autoencoder of bits with a Boltzmann machine as their prior.</summary>
/// <remarks>
/// <para>log w(z) = log p(x | z) - E(z) - log Z - log q(z | x): its mean under q is the evidence lower bound of log p(x). The posterior has
/// groups of bits, each given those before it: q(z_1 | x) q(z_2 | z_1, x) ...; the machine has all of them as its units, the first half
/// on its left side. Any gradient estimator trains the posterior; with <c>gumbolt</c> the model is GumBolt. The gradient of log Z comes
/// from samples of the machine, drawn by chains that are never begun anew.</para>
/// <para>Bits enter all maps as values in [0, 1], images minus the mean training image. The parameters of the machine are 0 at first.</para>
/// <para>Reference: Khoshaman, Amin 2018, arXiv:1805.07349. What it leaves open is as in the code of its predecessors
/// (arXiv:1802.04920): batch norm before each tanh, no other hidden layers for linear maps, a weight of the divergence inside the bound of
/// several samples.</para>
/// </remarks>
public sealed class BoltzmannVae : DiscreteLatentModel, IHasPrior, IScheduled, IHasBoltzmannPrior
{
    private readonly Schedule klWeight;
    private readonly BoltzmannNetworks networks;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="options">Sizes, prior and weights; null: those by default.</param>
    /// <exception cref="InputException">The bits are too few for the prior.</exception>
    public BoltzmannVae(ModelInput input, BoltzmannVaeOptions? options = null)
    {
        options ??= new();
        klWeight = options.KlWeight;
        networks = this.AddModule(nameof(networks), new BoltzmannNetworks(input, options));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => networks.Layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => networks.EncoderParameters;

    /// <inheritdoc/>
    public override long ContextSize => networks.Dimensions;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("kl-weight", klWeight)];

    /// <inheritdoc/>
    public BoltzmannMachine Prior => networks.Prior.Machine;

    /// <inheritdoc/>
    public double LogPartition
    {
        get => networks.Prior.LogPartition;
        set => networks.Prior.LogPartition = value;
    }

    /// <inheritdoc/>
    public override TrainingObjective Objective(Tensor x, GradientEstimator estimator, Generator rng)
    {
        networks.Prior.FollowLogPartition(Step, rng);
        return base.Objective(x, estimator, rng);
    }

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng) => networks.Generate(count, rng);

    /// <inheritdoc/>
    public Tensor GenerateAlong(int chains, IReadOnlyList<long> sweeps, Generator rng) => networks.GenerateAlong(chains, sweeps, rng);

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng) => networks.Reconstruct(x, rng);

    /// <summary>The approximate posterior q(z | x) of images <c>[B, D]</c>.</summary>
    public StochasticChain Law(Tensor x) => networks.Law(x);

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of bits <c>[..., N]</c>, hard or relaxed.</summary>
    public Tensor Decode(Tensor z) => networks.Decode(z);

    /// <inheritdoc/>
    protected override Elbo Bound(Tensor x, Generator rng) => networks.Bound(x, klWeight, Step);
}

/// <summary>The options of a <see cref="BoltzmannVae"/>.</summary>
public sealed record BoltzmannVaeOptions : BoltzmannOptions
{
    /// <summary>The weight of -E(z) - log Z - log q(z | x) in the training objective, 0 or more; default 1.</summary>
    /// <remarks>In a bound of several samples it is inside each log-weight, and the objective is no bound unless it is 1.</remarks>
    [Option("weight of the prior's and the posterior's log-probabilities in training", Least = 0)]
    public Schedule KlWeight { get; init => field = OptionInfo.Checked(this, value); } = 1.0;
}
