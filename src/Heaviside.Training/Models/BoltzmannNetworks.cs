using Heaviside.Bounds;
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

    /// <summary>Parts with random initial weights.</summary>
    /// <exception cref="InputException">The bits are too few for the prior.</exception>
    internal BoltzmannNetworks(ModelInput input, BoltzmannOptions options)
        : base(nameof(BoltzmannNetworks))
    {
        if (options.Conflict is { } conflict) throw new InputException(conflict);
        var (groups, hidden) = (options.Groups, options.Hidden);
        this.groups = groups;
        Prior = this.AddModule("prior", CreatePrior(options, input.Rng));
        encoders = [.. groups.Select((bits, i) => this.AddModule($"encoder{i}", new NormalizedPerceptron([input.Dimensions, .. groups.Take(i).Select(g => (long)g)], hidden, bits, input.Rng)))];
        decoder = this.AddModule("decoder", new NormalizedPerceptron([groups.Sum()], hidden, input.Dimensions, input.Rng));
        pixelMeans = this.AddBuffer("pixel_means", torch.tensor(input.PixelMeans, device: input.Rng.device));
        outputBias = this.AddBuffer("output_bias", torch.tensor(OutputBias.FromMeans(input.PixelMeans), device: input.Rng.device));
    }

    /// <summary>The prior.</summary>
    internal BoltzmannPrior Prior { get; }

    /// <summary>The shape of each group.</summary>
    internal IReadOnlyList<long[]> Layers => [.. groups.Select(n => (long[])[n])];

    /// <summary>The parameters of the posterior.</summary>
    internal IReadOnlyList<Tensor> EncoderParameters => [.. encoders.SelectMany(e => e.parameters())];

    /// <summary>The number of pixels, D.</summary>
    internal long Dimensions => pixelMeans.size(0);

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
        Bounds.Prior.Boltzmann(Prior.Machine, new(Prior.LogPartition, () => Prior.LogPartitionTerm(step))))
    { KlWeight = klWeight, Step = step };

    /// <summary>The mean images of states of the machine.</summary>
    internal Tensor Generate(int count, Generator rng) => Decode(Prior.Sample(count, rng)).sigmoid();

    /// <summary>The mean images of the states that chains of the machine pass through, <c>[C, n, D]</c>.</summary>
    internal Tensor GenerateAlong(int chains, IReadOnlyList<long> sweeps, Generator rng) => Decode(Prior.SampleAlong(chains, sweeps, rng)).sigmoid();

    /// <summary>The mean images of samples of the posterior.</summary>
    internal Tensor Reconstruct(Tensor x, Generator rng) => Decode(Law(x).Sample([], rng)).sigmoid();

    private static BoltzmannPrior CreatePrior(BoltzmannOptions options, Generator rng)
    {
        var (bits, chains, sweeps) = (options.Groups.Sum(), options.Chains, options.Sweeps);
        return options.Prior == BoltzmannPriorKind.Factorial ? Factorial(new(bits, rng.device)) : Restricted(new(bits / 2, bits - (bits / 2), rng.device));

        BoltzmannPrior Factorial(FactorialMachine machine) => new(machine, (count, random) => new SingleSiteSampler(machine, count, random), chains, sweeps, rng);
        BoltzmannPrior Restricted(RestrictedBoltzmannMachine machine) => new(machine, (count, random) => new GibbsSampler(machine, count, random) { Path = options.Gibbs }, chains, sweeps, rng);
    }
}
