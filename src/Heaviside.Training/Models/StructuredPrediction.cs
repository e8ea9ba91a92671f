using Heaviside.Bounds;
using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Models;

/// <summary>Predicts the bottom half of an image from its top half, through layers of bits: x_top to b_1 to ... to b_n to x_bottom.</summary>
/// <remarks>
/// <para>The bits are drawn from the conditional prior p(b | x_top), without seeing the bottom half: log w(b) = log p(x_bottom | b_n),
/// and the mean of log w is a lower bound of log p(x_bottom | x_top), that of the logarithm of the mean of K weights a tighter one.</para>
/// <para>Bits enter the maps as values in {-1, 1}, top halves minus their mean in the training set; the logits of the mean
/// bottom half, clipped to [0.001, 0.999], are a constant on top of the output's learned bias. Images of odd height have the
/// smaller half at the top. The network of arXiv:1703.07370: one stochastic layer after the other, the last one the cause of the output.</para>
/// <para>With residual networks, whose batch norm sees all examples and all points that an estimator asks for together, an
/// estimate for one image depends a little on the others: what an estimator claims about its bias holds without batch norm.</para>
/// </remarks>
public sealed class StructuredPrediction : DiscreteLatentModel
{
    private readonly HalvesNetworks networks;

    /// <summary>A model with random initial weights.</summary>
    /// <param name="input">The data it is for; images of two rows at least.</param>
    /// <param name="options">Networks and widths; null: those by default.</param>
    /// <exception cref="InputException">The images have one row, or are too small for residual networks.</exception>
    public StructuredPrediction(ModelInput input, StructuredPredictionOptions? options = null)
    {
        options ??= new();
        networks = HalvesNetworks.Create(input, options, options.Layers, options.Hidden);
        this.AddModule("prior", networks.Prior);
        this.AddModule("output", networks.Output);
        networks.Register(this);
    }

    /// <inheritdoc/>
    public override string Quantity => "log p(bottom half | top half)";

    /// <inheritdoc/>
    public override IReadOnlyList<long[]> LatentLayers => [.. networks.Layers.Select(n => (long[])[n])];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. networks.Prior.parameters()];

    /// <inheritdoc/>
    public override long ContextSize => networks.TopMeans.size(0);

    /// <summary>The conditional prior p(b | x_top) of images <c>[B, D]</c>.</summary>
    public StochasticChain Law(Tensor x) => networks.Prior.Chain(networks.Context(x));

    /// <summary>The top halves as they are, above the mean bottom halves that bits drawn from the conditional prior predict.</summary>
    /// <returns>Shape <c>[B, D]</c>, in [0, 1].</returns>
    public override Tensor Reconstruct(Tensor x, Generator rng)
    {
        var q = Law(x);
        return networks.Complete(x, q.Split(q.Sample([1], rng))[^1][0]);
    }

    /// <summary>The Bernoulli logits of the bottom half's pixels, <c>[..., D_bottom]</c>, given the last bits <c>[..., N_n]</c>, hard or relaxed.</summary>
    public Tensor Decode(Tensor b) => networks.Decode(b);

    /// <inheritdoc/>
    protected override Elbo Bound(Tensor x, Generator rng)
    {
        var q = Law(x);
        return new(q, new LikelihoodObjective(b => networks.LogLikelihood(x, q.Split(b)[^1]), networks.Context(x), LogitParameters), Prior.Posterior);
    }
}

/// <summary>The options of a <see cref="StructuredPrediction"/>.</summary>
public sealed record StructuredPredictionOptions : HalvesOptions
{
    /// <summary>Bits of b_1 (next to the top half), b_2, ..., one layer at least, each from 1 to 100000; default [200].</summary>
    [Option("bits of each stochastic layer", Least = 1, Most = 100_000, If = nameof(Network), Is = HalvesNetwork.Mlp)]
    public IReadOnlyList<int> Layers { get; init => field = Widths.NotNone(OptionInfo.Checked(this, value)); } = [200];

    /// <summary>Widths of the tanh layers inside every map, each from 1 to 100000; default none: the maps are affine.</summary>
    [Option("widths of the tanh layers inside every map; none: linear", Least = 1, Most = 100_000, If = nameof(Network), Is = HalvesNetwork.Mlp)]
    public IReadOnlyList<int> Hidden { get; init => field = OptionInfo.Checked(this, value); } = [];
}
