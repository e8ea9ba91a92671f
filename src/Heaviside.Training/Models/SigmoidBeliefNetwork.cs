using Heaviside.Bounds;
using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Kernels;
using Heaviside.Numerics;
using TorchSharp.Utils;

namespace Heaviside.Models;

/// <summary>A sigmoid belief network: layers of bits, each the cause of the one below, the lowest of the pixels; and their approximate posterior.</summary>
/// <remarks>
/// <para>log w(b) = log p(x | b_1) + sum_i log p(b_i | b_i+1) + log p(b_n) - sum_i log q(b_i | b_i-1), b_0 = x; its mean under q
/// is the evidence lower bound of log p(x). The divergence is estimated with the samples, as in the experiments of
/// arXiv:1703.07370, and relaxed bits enter every term.</para>
/// <para>Bits enter the maps as values in {-1, 1}, images minus the mean training image. The logits of the mean image, clipped
/// to [0.001, 0.999], are a constant on top of the output's learned bias. The prior is learned and uniform at first.</para>
/// </remarks>
public sealed class SigmoidBeliefNetwork : DiscreteLatentModel, IHasPrior
{
    private readonly IReadOnlyList<int> layers; // bits of b_1 (next to the pixels), b_2, ...
    private readonly BeliefMaps posterior;
    private readonly BeliefMaps generator;
    [ComponentName(Name = "prior_logits")] private readonly Tensor priorLogits;
    [ComponentName(Name = "pixel_means")] private readonly Tensor pixelMeans;
    [ComponentName(Name = "output_bias")] private readonly Tensor outputBias;

    /// <summary>A network with random initial weights.</summary>
    /// <param name="input">The data it is for.</param>
    /// <param name="options">Widths; null: those by default.</param>
    public SigmoidBeliefNetwork(ModelInput input, SigmoidBeliefNetworkOptions? options = null)
    {
        options ??= new();
        (layers, var hidden) = (options.Layers, options.Hidden);
        var device = input.Rng.device;
        posterior = new([input.Dimensions, .. layers], hidden, input.Rng);
        generator = new([.. layers.Reverse(), input.Dimensions], hidden, input.Rng);
        priorLogits = this.AddParameter("prior_logits", torch.zeros([layers[^1]], device: device));
        pixelMeans = this.AddBuffer("pixel_means", torch.tensor(input.PixelMeans, device: device));
        outputBias = this.AddBuffer("output_bias", torch.tensor(OutputBias.FromMeans(input.PixelMeans), device: device));
        this.AddModule(nameof(posterior), posterior);
        this.AddModule(nameof(generator), generator);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => [.. layers.Select(n => (long[])[n])];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. posterior.parameters()];

    /// <inheritdoc/>
    public override long ContextSize => pixelMeans.size(0);

    /// <summary>The approximate posterior q(b | x) of images <c>[B, D]</c>.</summary>
    public StochasticChain Law(Tensor x) => posterior.Chain(Context(x));

    /// <inheritdoc/>
    public Tensor Generate(int count, Generator rng)
    {
        var b = new Bernoulli(priorLogits).Sample([count], rng);
        foreach (var next in Down) b = next(b).Sample([], rng);
        return Decode(b).sigmoid();
    }

    /// <inheritdoc/>
    public override Tensor Reconstruct(Tensor x, Generator rng) => Decode(Law(x).First.Sample([], rng)).sigmoid();

    /// <summary>The Bernoulli logits of the pixels, <c>[..., D]</c>, given the lowest bits <c>[..., N_1]</c>, hard or relaxed.</summary>
    public Tensor Decode(Tensor b) => generator.Logits(layers.Count - 1, BeliefMaps.Signs(b)) + outputBias;

    // The laws of the layers below the top one, each given the one above.
    private IReadOnlyList<Func<Tensor, Bernoulli>> Down =>
        [.. Enumerable.Range(0, layers.Count - 1).Select(i => (Func<Tensor, Bernoulli>)(b => new(generator.Logits(i, BeliefMaps.Signs(b)))))];

    /// <inheritdoc/>
    protected override Elbo Bound(Tensor x, Generator rng)
    {
        var q = Law(x);
        return new(
            q,
            new LikelihoodObjective(b => BernoulliLogLikelihood.Of(x, Decode(q.Split(b)[0])), Context(x), LogitParameters),
            Prior.Chain(new Bernoulli(priorLogits), Down));
    }

    private Tensor Context(Tensor x)
    {
        Shape.Require(x, [-1, ContextSize]);
        return x - pixelMeans;
    }
}

/// <summary>The options of a <see cref="SigmoidBeliefNetwork"/>.</summary>
public sealed record SigmoidBeliefNetworkOptions
{
    /// <summary>Bits of b_1 (next to the pixels), b_2, ..., one layer at least, each from 1 to 100000; default [200].</summary>
    [Option("bits of each stochastic layer", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> Layers { get; init => field = Widths.NotNone(OptionInfo.Checked(this, value)); } = [200];

    /// <summary>Widths of the tanh layers inside every map, each from 1 to 100000; default none: the maps are affine.</summary>
    [Option("widths of the tanh layers inside every map; none: linear", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> Hidden { get; init => field = OptionInfo.Checked(this, value); } = [];
}
