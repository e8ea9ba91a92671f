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
    private const int MaxWidth = 100_000, Values = 2;

    private readonly int dimensions;
    private readonly int bits;
    private readonly PairScores pairs;
    private readonly ArgmaxOracle oracle;
    private readonly Sequential encoder;
    private readonly CodePerceptron decoder;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="bits">N, 1 or more.</param>
    /// <param name="pairs">What scores of pairs the posterior has.</param>
    /// <param name="oracle">Finds the best bits of a posterior with pairs.</param>
    /// <param name="encoderLayers">Widths of the encoder's hidden layers.</param>
    /// <param name="decoderLayers">Widths of the decoder's hidden layers.</param>
    public PairwiseVae(ModelInput input, int bits, PairScores pairs, ArgmaxOracle oracle, IReadOnlyList<int> encoderLayers, IReadOnlyList<int> decoderLayers)
    {
        (dimensions, this.bits, this.pairs, this.oracle) = (input.Dimensions, bits, pairs, oracle);
        var scores = (Values * bits) + (pairs == PairScores.None ? 0 : bits * (bits - 1) / 2);
        encoder = this.AddModule(nameof(encoder), Perceptron.Create([dimensions, .. encoderLayers, scores], () => torch.nn.ReLU(), input.Rng));
        decoder = new(this.AddModule(nameof(decoder), Perceptron.Create([Values * bits, .. decoderLayers, dimensions], () => torch.nn.ReLU(), input.Rng)), bits, Values);
    }

    /// <summary>The weight of the divergence in the training objective, 0 or more; default 1. At 0 the reconstruction alone is trained, as the paper's released code does.</summary>
    public Schedule KlWeight { get; init => field = ScheduleRange.NotNegative(value, nameof(KlWeight)); } = 1.0;

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => [[bits]];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. encoder.parameters()];

    /// <inheritdoc/>
    public override long ContextSize => dimensions;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("kl-weight", KlWeight)];

    /// <inheritdoc/>
    public string PartialBoundDescription => pairs == PairScores.None
        ? "evidence lower bound, 1 hard sample (a valid bound)"
        : "reconstruction of a perturbed argmax less the divergence of the single bits' scores; no bound, the scores of pairs are ignored";

    /// <summary>A model from the settings bits, pairs, oracle, encoder-layers, decoder-layers and kl-weight.</summary>
    public static PairwiseVae Create(Settings s, ModelInput input)
    {
        var bits = s.Int("bits", 15, 1, 1_000, "latent bits");
        var pairs = s.Choice("pairs", "none", ["none", "general", "supermodular"], "scores of pairs in the posterior") switch
        {
            "none" => PairScores.None,
            "general" => PairScores.General,
            _ => PairScores.Supermodular,
        };
        var standard = pairs switch { PairScores.None => "independent", PairScores.General => "branch-and-bound", _ => "max-flow" };
        var oracle = s.Fill(ArgmaxOracleCatalog.All.Find(s.Text("oracle", standard, "what finds the best bits: " + string.Join(", ", ArgmaxOracleCatalog.All.Names))).New());
        if (!oracle.IsFree || (pairs != PairScores.None && !oracle.TakesPairs))
            throw new InputException($"setting 'oracle' is not for free bits {(pairs == PairScores.None ? "" : "with scores of pairs")}; leave it out for {standard}");
        return new(
            input, bits, pairs, oracle,
            s.IntList("encoder-layers", [300], 1, MaxWidth, "widths of the encoder's hidden layers"),
            s.IntList("decoder-layers", [300], 1, MaxWidth, "widths of the decoder's hidden layers"))
        {
            KlWeight = s.Schedule("kl-weight", 1.0, "weight of the divergence from the prior", ScheduleRange.NotNegative),
        };
    }

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
        Decode(new Bernoulli(torch.zeros([count, bits], device: LogitParameters[0].device)).Sample([], rng)).sigmoid();

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
    protected override Elbo Bound(Tensor x, Generator rng) => new(Posterior(x), Likelihood(x), Prior.Uniform) { KlWeight = KlWeight, Step = Step };

    private DiscreteDistribution Law((Tensor Single, Tensor? Pairwise) scores) =>
        scores.Pairwise is null ? new Bernoulli(scores.Single) : new GibbsBits(scores.Single, scores.Pairwise, oracle);

    // h_i(1) - h_i(0), which alone matters, and h_ij.
    private (Tensor Single, Tensor? Pairwise) Scores(Tensor x)
    {
        var scores = encoder.call(x);
        var single = scores.narrow(-1, 0, Values * bits).view([-1, bits, Values]);
        var difference = single.select(-1, 1) - single.select(-1, 0);
        if (pairs == PairScores.None) return (difference, null);
        var pairwise = scores.narrow(-1, Values * bits, scores.size(-1) - (Values * bits));
        return (difference, pairs == PairScores.Supermodular ? pairwise.softplus() : pairwise);
    }

    private static Tensor OneHot(Tensor b) => torch.stack([1 - b, b], -1);

    private CodeObjective Likelihood(Tensor x) => new(
        b => LogLikelihood(x, b),
        b => BernoulliLogLikelihood.Of(x, decoder.AtSingleChanges(OneHot(b)).flatten(0, 1)).view([-1, b.size(0), b.size(1)]),
        x - 0.5,
        LogitParameters);

    private Tensor LogLikelihood(Tensor x, Tensor b) => BernoulliLogLikelihood.Of(x, Decode(b));
}
