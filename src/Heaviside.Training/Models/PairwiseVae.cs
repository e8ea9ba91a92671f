using Heaviside.Bounds;
using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Kernels;
using Heaviside.Networks;
using Heaviside.Numerics;
using Heaviside.Structured;

namespace Heaviside.Models;

/// <summary>A variational autoencoder of N bits whose posterior may have scores of pairs: q(b | x) proportional to exp(sum_i h_i(b_i) + sum_ij h_ij b_i b_j).</summary>
/// <remarks>
/// <para>Encoder D-300-ReLU to 2 N scores of single bits and, with pairs, N (N - 1) / 2 of pairs, which a softplus makes positive where they
/// are supermodular; decoder of the N one-hot pairs, 2N-300-ReLU-D Bernoulli logits; a uniform prior. The divergence is exact: in
/// closed form without pairs, by enumeration with them.</para>
/// <para>Reference: Lorberbom, Gane, Jaakkola, Hazan 2018, arXiv:1806.02867, sections 4.1 and 5.</para>
/// </remarks>
public sealed class PairwiseVae : DiscreteLatentModel, IHasPrior, IScheduled, IHasPartialBound
{
    private const int Values = 2;

    private readonly PairwiseVaeOptions options;
    private readonly int dimensions;
    private readonly Sequential encoder;
    private readonly CodePerceptron decoder;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="options">Sizes, weights and the oracle; null: those by default.</param>
    /// <exception cref="InputException">The oracle is not for these bits.</exception>
    public PairwiseVae(ModelInput input, PairwiseVaeOptions? options = null)
    {
        (this.options, dimensions) = (options ??= new(), input.Dimensions);
        if (options.Conflict is { } conflict) throw new InputException(conflict);
        var scores = (Values * Bits) + (options.Pairs == PairScores.None ? 0 : Bits * (Bits - 1) / 2);
        encoder = this.AddModule(nameof(encoder), Perceptron.Create([dimensions, .. options.EncoderLayers, scores], () => torch.nn.ReLU(), input.Rng));
        decoder = new(this.AddModule(nameof(decoder), Perceptron.Create([Values * Bits, .. options.DecoderLayers, dimensions], () => torch.nn.ReLU(), input.Rng)), Bits, Values);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => [[Bits]];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. encoder.parameters()];

    /// <inheritdoc/>
    public override long ContextSize => dimensions;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("kl-weight", options.KlWeight)];

    /// <inheritdoc/>
    public string PartialBoundDescription => options.Pairs == PairScores.None
        ? "evidence lower bound, 1 hard sample (a valid bound)"
        : "reconstruction of a perturbed argmax less the divergence of the single bits' scores; no bound, the scores of pairs are ignored";

    /// <inheritdoc/>
    public Tensor PartialBound(Tensor x, Generator rng)
    {
        var scores = Scores(x);
        var law = (IPerturbAndMap)Law(scores);
        var z = law.Maximize(law.Noise([1], rng));
        return LogLikelihood(x, z)[0] - Prior.Uniform.Divergence(new Bernoulli(scores.Single))!();
    }

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng) =>
        Decode(new Bernoulli(torch.zeros([count, Bits], device: LogitParameters[0].device)).Sample([], rng)).sigmoid();

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng) => Decode(Posterior(x).Sample([], rng)).sigmoid();

    /// <summary>q(b | x) of images <c>[B, D]</c>.</summary>
    public DiscreteDistribution Posterior(Tensor x)
    {
        Shape.Require(x, [-1, dimensions]);
        return Law(Scores(x));
    }

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of bits <c>[..., N]</c>, hard or relaxed.</summary>
    public Tensor Decode(Tensor b) => decoder.forward(OneHot(b));

    /// <inheritdoc/>
    protected override Elbo Bound(Tensor x, Generator rng) => new(Posterior(x), Likelihood(x), Prior.Uniform) { KlWeight = options.KlWeight, Step = Step };

    private int Bits => options.Bits;

    private DiscreteDistribution Law((Tensor Single, Tensor? Pairwise) scores) =>
        scores.Pairwise is null ? new Bernoulli(scores.Single) : new GibbsBits(scores.Single, scores.Pairwise, options.Solver);

    // h_i(1) - h_i(0), which alone matters, and h_ij.
    private (Tensor Single, Tensor? Pairwise) Scores(Tensor x)
    {
        var scores = encoder.call(x);
        var single = scores.narrow(-1, 0, Values * Bits).view([-1, Bits, Values]);
        var difference = single.select(-1, 1) - single.select(-1, 0);
        if (options.Pairs == PairScores.None) return (difference, null);
        var pairwise = scores.narrow(-1, Values * Bits, scores.size(-1) - (Values * Bits));
        return (difference, options.Pairs == PairScores.Supermodular ? pairwise.softplus() : pairwise);
    }

    private static Tensor OneHot(Tensor b) => torch.stack([1 - b, b], -1);

    private CodeObjective Likelihood(Tensor x) => new(
        b => LogLikelihood(x, b),
        b => BernoulliLogLikelihood.Of(x, decoder.AtSingleChanges(OneHot(b)).flatten(0, 1)).view([-1, b.size(0), b.size(1)]),
        x - 0.5,
        LogitParameters);

    private Tensor LogLikelihood(Tensor x, Tensor b) => BernoulliLogLikelihood.Of(x, Decode(b));
}

/// <summary>The options of a <see cref="PairwiseVae"/>.</summary>
public sealed record PairwiseVaeOptions : IChecksOptions
{
    /// <summary>N, from 1 to 1000; default 15.</summary>
    [Option("latent bits", Least = 1, Most = 1_000)]
    public int Bits { get; init => field = OptionInfo.Checked(this, value); } = 15;

    /// <summary>What scores of pairs the posterior has; default none.</summary>
    [Option("scores of pairs in the posterior")]
    public PairScores Pairs { get; init; }

    /// <summary>The name of what finds the best bits, in the catalogue of argmax oracles; by default that for the scores of pairs.</summary>
    /// <exception cref="InputException">There is no such oracle.</exception>
    [Option("what finds the best bits: independent, exhaustive, branch-and-bound, max-flow or another argmax oracle for free bits")]
    public string Oracle { get => field ?? Standard; init => field = ArgmaxOracleCatalog.All.Find(value).Name; }

    /// <summary>What finds the best bits; by default the <see cref="Oracle"/>, whose options it has.</summary>
    [OptionGroup]
    public ArgmaxOracle Solver { get => field ??= ArgmaxOracleCatalog.All.Find(Oracle).New(); init; }

    /// <summary>Widths of the encoder's hidden layers, each from 1 to 100000; default [300].</summary>
    [Option("widths of the encoder's hidden layers", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> EncoderLayers { get; init => field = OptionInfo.Checked(this, value); } = [300];

    /// <summary>Widths of the decoder's hidden layers, each from 1 to 100000; default [300].</summary>
    [Option("widths of the decoder's hidden layers", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> DecoderLayers { get; init => field = OptionInfo.Checked(this, value); } = [300];

    /// <summary>The weight of the divergence in the training objective, 0 or more; default 1. At 0 the reconstruction alone is trained, as the paper's released code does.</summary>
    [Option("weight of the divergence from the prior", Least = 0)]
    public Schedule KlWeight { get; init => field = OptionInfo.Checked(this, value); } = 1.0;

    /// <inheritdoc/>
    public string? Conflict => Solver.IsFree && (Pairs == PairScores.None || Solver.TakesPairs) ? null
        : $"setting 'oracle' is not for free bits {(Pairs == PairScores.None ? "" : "with scores of pairs")}; leave it out for {Standard}";

    private string Standard => Pairs switch { PairScores.None => "independent", PairScores.General => "branch-and-bound", _ => "max-flow" };
}
