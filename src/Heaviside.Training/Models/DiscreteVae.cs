using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Numerics;
using Heaviside.Priors;

namespace Heaviside.Models;

/// <summary>A variational autoencoder of bits with a Boltzmann machine as their prior, trained through smoothed bits: dVAE and dVAE++.</summary>
/// <remarks>
/// <para>Each bit z has a continuous zeta ~ r(zeta | z), in the prior and in the posterior alike, q(z_1 | x) r(zeta_1 | z_1) q(z_2 | zeta_1, x) ...;
/// decoder and later groups see zeta only. Training maximizes E[log p(x | zeta)] - KL(q(z, zeta | x) || p(z) r(zeta | z)), which is no bound for bits. In
/// the divergence r cancels; bits are summed out wherever their law given zeta is known.</para>
/// <para>With a spike and an exponential this is dVAE: pairs of bits in different groups have an element of REINFORCE in their gradient. With smoothings
/// that overlap it is dVAE++, all of whose gradients go through zeta. Groups need not be the sides of the machine: any number of them, in any place.</para>
/// <para>Evaluation, generation and networks are those of <see cref="BoltzmannVae"/>, of bits and without zeta; parameters have the same names.</para>
/// <para>Reference: Rolfe 2016, arXiv:1609.02200; Vahdat et al. 2018, arXiv:1802.04920; as baselines: arXiv:1805.07349.</para>
/// </remarks>
public sealed class DiscreteVae : PathwiseModel, IHasPrior, IScheduled, IHasBoltzmannPrior
{
    private readonly Schedule klWeight;
    private readonly BoltzmannNetworks networks;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="options">Sizes, prior, smoothing and weights; null: those by default.</param>
    /// <exception cref="InputException">The bits are too few for the prior.</exception>
    public DiscreteVae(ModelInput input, DiscreteVaeOptions? options = null)
    {
        options ??= new();
        (klWeight, Smoothing) = (options.KlWeight, options.Smooth(options.Beta));
        networks = this.AddModule(nameof(networks), new BoltzmannNetworks(input, options));
    }

    /// <summary>r(zeta | z).</summary>
    public Smoothing Smoothing { get; }

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
    public override TrainingObjective Objective(Tensor x, Generator rng)
    {
        networks.Prior.FollowLogPartition(Step, rng);
        var path = SmoothedPath.Draw(Law(x), Smoothing, 1, rng);
        var weight = klWeight.At(Step);
        var divergence = path.Expect(Prior.Energy) - path.Entropy(); // less log Z
        var value = (networks.LogLikelihood(x, path.Zeta) - (weight * divergence)).mean();
        return new((weight * networks.Prior.LogPartitionTerm(Step)) - value, value.detach() - (weight * LogPartition), EvaluationPoint.RelaxedSample);
    }

    /// <inheritdoc/>
    public override Tensor Elbo(Tensor x, Generator rng) => networks.Bound(x).OneSample(rng);

    /// <inheritdoc/>
    public override Tensor LogWeights(Tensor x, int samples, Generator rng) => networks.Bound(x).LogWeights(samples, rng);

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng) => networks.Generate(count, rng);

    /// <inheritdoc/>
    public Tensor GenerateAlong(int chains, IReadOnlyList<long> sweeps, Generator rng) => networks.GenerateAlong(chains, sweeps, rng);

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng) => networks.Reconstruct(x, rng);

    /// <summary>The approximate posterior of images <c>[B, D]</c>, whose later groups take bits or smoothed bits.</summary>
    public StochasticChain Law(Tensor x) => networks.Law(x);

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of bits <c>[..., N]</c>, hard or smoothed.</summary>
    public Tensor Decode(Tensor z) => networks.Decode(z);
}

/// <summary>The options of a <see cref="DiscreteVae"/>.</summary>
public sealed record DiscreteVaeOptions : BoltzmannOptions
{
    /// <summary>The law of zeta given a bit; default two exponentials that overlap.</summary>
    [Option("law of zeta given a bit: spike and exponential (dVAE), or two that overlap (dVAE++)")]
    public SmoothingKind Smoothing { get; init; } = SmoothingKind.Exponential;

    /// <summary>The smoothing's inverse temperature, from 0.01 (1 for powers) to 80; by default that of the predecessors' code for MNIST.</summary>
    /// <exception cref="ArgumentException">It is out of the range of the smoothing.</exception>
    [Option("inverse temperature of the smoothing; for MNIST, by one linear, one nonlinear and several groups: 5, 5, 4 (spike-exponential), 12, 14, 10 (exponential), 40, 30, 30 (power)", Least = SpikeAndExponential.LeastBeta, Most = Distributions.Smoothing.MostBeta)]
    public double Beta { get => field == 0 ? StandardBeta : field; init => field = Smooth(value).Beta; }

    /// <summary>The weight of the divergence in the training objective, 0 or more; default 1.</summary>
    [Option("weight of the divergence in training", Least = 0)]
    public Schedule KlWeight { get; init => field = OptionInfo.Checked(this, value); } = 1.0;

    private double StandardBeta => (Smoothing, Groups.Count > 1, Hidden.Count == 0) switch
    {
        (SmoothingKind.SpikeExponential, var hierarchy, _) => hierarchy ? 4 : 5,
        (SmoothingKind.Exponential, true, _) => 10,
        (SmoothingKind.Exponential, _, var linear) => linear ? 12 : 14,
        (_, var hierarchy, var linear) => hierarchy || !linear ? 30 : 40,
    };

    /// <summary>r(zeta | z) at an inverse temperature.</summary>
    internal Smoothing Smooth(double beta) => Smoothing switch
    {
        SmoothingKind.SpikeExponential => new SpikeAndExponential(beta),
        SmoothingKind.Exponential => new OverlappingExponential(beta),
        _ => new PowerFunction(beta),
    };
}
