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
    private readonly BoltzmannNetworks networks;

    private DiscreteVae(BoltzmannNetworks networks, Smoothing smoothing)
    {
        this.networks = this.AddModule(nameof(networks), networks);
        Smoothing = smoothing;
    }

    /// <summary>r(zeta | z).</summary>
    public Smoothing Smoothing { get; }

    /// <summary>The weight of the divergence in the training objective, 0 or more; default 1.</summary>
    public Schedule KlWeight { get; init => field = ScheduleRange.NotNegative(value, nameof(KlWeight)); } = 1.0;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("kl-weight", KlWeight)];

    /// <inheritdoc/>
    public BoltzmannMachine Prior => networks.Prior.Machine;

    /// <inheritdoc/>
    public double LogPartition
    {
        get => networks.Prior.LogPartition;
        set => networks.Prior.LogPartition = value;
    }

    /// <summary>A model from the settings groups, hidden, prior, chains, sweeps, gibbs, smoothing, beta and kl-weight.</summary>
    public static DiscreteVae Create(Settings s, ModelInput input)
    {
        var networks = BoltzmannNetworks.Read(s, input);
        return new(networks, ReadSmoothing(s, networks))
        {
            KlWeight = s.Schedule("kl-weight", 1.0, "weight of the divergence in training", ScheduleRange.NotNegative),
        };
    }

    /// <inheritdoc/>
    public override TrainingObjective Objective(Tensor x, Generator rng)
    {
        networks.Prior.FollowLogPartition(Step, rng);
        var path = SmoothedPath.Draw(Law(x), Smoothing, 1, rng);
        var weight = KlWeight.At(Step);
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

    private static Smoothing ReadSmoothing(Settings s, BoltzmannNetworks networks)
    {
        const string Spike = "spike-exponential", Exponential = "exponential", Power = "power";
        var (hierarchy, linear) = (networks.Layers.Count > 1, networks.IsLinear);
        var kind = s.Choice("smoothing", Exponential, [Spike, Exponential, Power], "law of zeta given a bit: spike and exponential (dVAE), or two that overlap (dVAE++)");
        return kind switch
        {
            Spike => new SpikeAndExponential(Beta(hierarchy ? 4 : 5, SpikeAndExponential.LeastBeta)),
            Exponential => new OverlappingExponential(Beta(hierarchy ? 10 : linear ? 12 : 14, OverlappingExponential.LeastBeta)),
            _ => new PowerFunction(Beta(hierarchy || !linear ? 30 : 40, PowerFunction.LeastBeta)),
        };

        double Beta(double fallback, double least) => s.Double(
            "beta", fallback, least, Smoothing.MostBeta, "inverse temperature of the smoothing; for MNIST, by one linear, one nonlinear and several groups: 5, 5, 4 (spike-exponential), 12, 14, 10 (exponential), 40, 30, 30 (power)");
    }
}
