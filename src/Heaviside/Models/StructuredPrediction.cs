using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Kernels;
using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>Predicts the bottom half of an image from its top half, through layers of bits: x_top to b_1 to ... to b_n to x_bottom.</summary>
/// <remarks>
/// <para>The bits are drawn from the conditional prior p(b | x_top), without seeing the bottom half: log w(b) = log p(x_bottom | b_n),
/// and the mean of log w is a lower bound of log p(x_bottom | x_top), that of the logarithm of the mean of K weights a tighter one.</para>
/// <para>Bits enter the maps as values in {-1, 1}, top halves minus their mean in the training set; the logits of the mean
/// bottom half, clipped to [0.001, 0.999], are a constant on top of the output's learned bias. Images of odd height have the
/// smaller half at the top. The network of arXiv:1703.07370: one stochastic layer after the other, the last one the cause of the output.</para>
/// </remarks>
public sealed class StructuredPrediction : BeliefNetwork
{
    private readonly BeliefMaps prior;
    private readonly BeliefMaps output;
    private readonly Tensor topMeans;
    private readonly Tensor outputBias;
    private readonly ImageHalves halves;

    /// <summary>A network with random initial weights.</summary>
    /// <param name="input">The data it is for; images of two rows at least.</param>
    /// <param name="layers">Bits of b_1 (next to the top half), b_2, ...</param>
    /// <param name="hidden">Widths of the tanh layers inside every map; none: the maps are affine.</param>
    /// <exception cref="InputException">The images have one row.</exception>
    public StructuredPrediction(ModelInput input, IReadOnlyList<int> layers, IReadOnlyList<int> hidden)
        : base(layers)
    {
        halves = new(input.Channels, input.Height, input.Width);
        prior = new([halves.TopSize, .. layers], hidden, input.Rng);
        output = new([layers[^1], halves.BottomSize], hidden, input.Rng);
        using var scope = torch.NewDisposeScope();
        Tensor Row(float[] values) => torch.tensor(values, [1, input.Dimensions], input.Rng.Device);
        topMeans = register_buffer("top_means", halves.Top(Row(input.PixelMeans)).flatten().clone());
        outputBias = register_buffer("output_bias", halves.Bottom(Row(OutputBias.FromMeans(input.PixelMeans))).flatten().clone());
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override string Quantity => "log p(bottom half | top half)";

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> LogitParameters => [.. prior.parameters()];

    /// <inheritdoc/>
    public override long ContextSize => halves.TopSize;

    /// <summary>A model from the settings layers and hidden.</summary>
    public static StructuredPrediction Create(Settings s, ModelInput input)
    {
        var (layers, hidden) = ReadLayers(s);
        return new(input, layers, hidden);
    }

    /// <summary>The conditional prior p(b | x_top) of images <c>[B, D]</c>.</summary>
    public override StochasticChain Law(Tensor x) => prior.Chain(Context(x));

    /// <summary>The top halves as they are, above the mean bottom halves that bits drawn from the conditional prior predict.</summary>
    /// <returns>Shape <c>[B, D]</c>, in [0, 1].</returns>
    public override Tensor Reconstruct(Tensor x, Generator rng)
    {
        var q = Law(x);
        return halves.Join(halves.Top(x), Decode(q.Split(q.Sample(1, rng))[^1])[0].sigmoid());
    }

    /// <summary>The Bernoulli logits of the bottom half's pixels, <c>[..., D_bottom]</c>, given the last bits <c>[..., N_n]</c>, hard or relaxed.</summary>
    public Tensor Decode(Tensor b) => output.Logits(0, BeliefMaps.Signs(b)) + outputBias;

    /// <inheritdoc/>
    protected override Tensor Context(Tensor x) => halves.Top(x) - topMeans;

    /// <inheritdoc/>
    protected override Tensor LogWeight(Tensor x, StochasticChain q, Tensor points) =>
        BernoulliLogLikelihood.Of(halves.Bottom(x), Decode(q.Split(points)[^1]));
}
