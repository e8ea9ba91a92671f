using Heaviside.Bounds;
using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Kernels;
using Heaviside.Networks;
using Heaviside.Numerics;
using Heaviside.Priors;
using TorchSharp.Utils;

namespace Heaviside.Models;

/// <summary>The parts of a variational autoencoder of bits with a Boltzmann machine as prior: posterior, prior and decoder.</summary>
/// <remarks>The posterior has groups of bits, each given those before it; the machine has all of them as its units, the first half on
/// its left side. Bits enter all maps as values in [0, 1], images minus the mean training image. The logits of the mean image,
/// clipped to [0.001, 0.999], are a constant on top of the output's learned bias. Batch norm before each tanh.</remarks>
internal sealed class BoltzmannNetworks : Component
{
    private readonly IReadOnlyList<int> groups;
    private readonly NormalizedPerceptron[] encoders;
    private readonly NormalizedPerceptron decoder;
    [ComponentName(Name = "pixel_means")] private readonly Tensor pixelMeans;
    [ComponentName(Name = "output_bias")] private readonly Tensor outputBias;

    private BoltzmannNetworks(ModelInput input, IReadOnlyList<int> groups, IReadOnlyList<int> hidden, BoltzmannPrior prior)
        : base(nameof(BoltzmannNetworks))
    {
        this.groups = groups;
        IsLinear = hidden.Count == 0;
        Prior = this.AddModule("prior", prior);
        encoders = [.. groups.Select((bits, i) => this.AddModule($"encoder{i}", new NormalizedPerceptron([input.Dimensions, .. groups.Take(i).Select(g => (long)g)], hidden, bits, input.Rng)))];
        decoder = this.AddModule("decoder", new NormalizedPerceptron([groups.Sum()], hidden, input.Dimensions, input.Rng));
        pixelMeans = this.AddBuffer("pixel_means", torch.tensor(input.PixelMeans, device: input.Rng.device));
        outputBias = this.AddBuffer("output_bias", torch.tensor(OutputBias.FromMeans(input.PixelMeans), device: input.Rng.device));
    }

    /// <summary>The prior.</summary>
    internal BoltzmannPrior Prior { get; }

    /// <summary>Whether all maps are affine.</summary>
    internal bool IsLinear { get; }

    /// <summary>The shape of each group.</summary>
    internal IReadOnlyList<long[]> Layers => [.. groups.Select(n => (long[])[n])];

    /// <summary>The parameters of the posterior.</summary>
    internal IReadOnlyList<Tensor> EncoderParameters => [.. encoders.SelectMany(e => e.parameters())];

    /// <summary>The number of pixels, D.</summary>
    internal long Dimensions => pixelMeans.size(0);

    /// <summary>Parts from the settings groups, hidden, prior, chains, sweeps and gibbs.</summary>
    internal static BoltzmannNetworks Read(Settings s, ModelInput input)
    {
        const int MaxWidth = 100_000;
        var groups = s.IntList("groups", [200], 1, MaxWidth, "bits of each group of the posterior");
        if (groups.Count == 0) throw new InputException("setting 'groups' is empty, expected the bits of one group at least");
        var hidden = s.IntList("hidden", [], 1, MaxWidth, "widths of the tanh layers inside every map; none: linear");
        return new(input, groups, hidden, ReadPrior(s, groups.Sum(), input.Rng));
    }

    /// <summary>Images less the mean training image, <c>[B, D]</c>.</summary>
    internal Tensor Centered(Tensor x)
    {
        Shape.Require(x, [-1, Dimensions]);
        return x - pixelMeans;
    }

    /// <summary>q(z | x) of images <c>[B, D]</c>.</summary>
    internal StochasticChain Law(Tensor x)
    {
        var centered = Centered(x);
        return new(
            new Bernoulli(encoders[0].forward(centered)),
            [.. Enumerable.Range(1, groups.Count - 1).Select(i => new StochasticLayer(groups[i], before => Law(i, centered, before)))]);
    }

    /// <summary>q(z_i | x, z_1, ..., z_i-1), batch shape <c>[P, B, N_i]</c>, of centered images and points <c>[P, B, N_j]</c>, hard or relaxed.</summary>
    internal Bernoulli Law(int group, Tensor centered, IReadOnlyList<Tensor> before) => new(encoders[group].forward([centered, .. before]));

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, of bits <c>[..., N]</c>, hard or relaxed.</summary>
    internal Tensor Decode(Tensor z) => decoder.forward([z], outputBias);

    /// <summary>log p(x | z), <c>[P, B]</c>, of points <c>[P, B, N]</c>.</summary>
    internal Tensor LogLikelihood(Tensor x, Tensor z) => BernoulliLogLikelihood.Of(x, Decode(z));

    /// <summary>The bound of images <c>[B, D]</c>.</summary>
    internal Elbo Bound(Tensor x, Schedule? klWeight = null, long step = 0) => new(
        Law(x),
        new LikelihoodObjective(z => LogLikelihood(x, z), Centered(x), EncoderParameters),
        Bounds.Prior.Boltzmann(Prior.Machine, new(Prior.LogPartition, () => Prior.LogPartitionTerm(step)))) { KlWeight = klWeight, Step = step };

    /// <summary>The mean images of states of the machine.</summary>
    internal Tensor Generate(int count, Generator rng) => Decode(Prior.Sample(count, rng)).sigmoid();

    /// <summary>The mean images of the states that chains of the machine pass through, <c>[C, n, D]</c>.</summary>
    internal Tensor GenerateAlong(int chains, IReadOnlyList<long> sweeps, Generator rng) => Decode(Prior.SampleAlong(chains, sweeps, rng)).sigmoid();

    /// <summary>The mean images of samples of the posterior.</summary>
    internal Tensor Reconstruct(Tensor x, Generator rng) => Decode(Law(x).Sample([], rng)).sigmoid();

    private static BoltzmannPrior ReadPrior(Settings s, int bits, Generator rng)
    {
        var kind = s.Choice("prior", "restricted", ["restricted", "factorial"], "prior of the bits: a restricted Boltzmann machine, or one without couplings");
        var chains = s.Int("chains", 100, 1, 1_000_000, "persistent chains of the prior");
        var sweeps = s.Int("sweeps", 200, 1, 1_000_000, "Gibbs sweeps of the chains in each training step");
        var paths = Enum.GetValues<GibbsPath>().ToDictionary(p => $"{p}".ToLowerInvariant());
        var path = paths[s.Choice("gibbs", "quantized", [.. paths.Keys], "how sweeps are computed")];
        if (kind == "factorial") return Factorial(new(bits, rng.device));
        if (bits < 2) throw new InputException("setting 'groups' has 1 bit, a restricted machine needs two sides");
        return Restricted(new(bits / 2, bits - (bits / 2), rng.device));

        BoltzmannPrior Factorial(FactorialMachine machine) => new(machine, (count, random) => new SingleSiteSampler(machine, count, random), chains, sweeps, rng);
        BoltzmannPrior Restricted(RestrictedBoltzmannMachine machine) => new(machine, (count, random) => new GibbsSampler(machine, count, random) { Path = path }, chains, sweeps, rng);
    }
}
