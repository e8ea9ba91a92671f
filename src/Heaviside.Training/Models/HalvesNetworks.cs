using Heaviside.Kernels;
using Heaviside.Networks;

namespace Heaviside.Models;

/// <summary>The networks with which structured prediction goes from the top half of an image to bits, and from bits to its bottom half.</summary>
/// <remarks>Top halves enter minus their mean in the training set, bits as values in {-1, 1}; the logits of the mean bottom half,
/// clipped to [0.001, 0.999], are a constant on top of the output's. A model registers the parts as its own.</remarks>
internal sealed class HalvesNetworks
{
    private const string MeansName = "top_means", BiasName = "output_bias";

    private readonly ImageHalves halves;
    private readonly Tensor topMeans, outputBias;
    private Module? owner;

    /// <summary>Networks around layers of bits, as options say.</summary>
    /// <param name="input">The data they are for; images of two rows at least.</param>
    /// <param name="options">Which networks.</param>
    /// <param name="layers">Bits of b_1 (next to the top half), b_2, ...; residual networks have one layer, whose bits follow from the images.</param>
    /// <param name="hidden">Widths of the tanh layers inside every map of perceptrons.</param>
    /// <exception cref="InputException">The images have one row, or are too small.</exception>
    internal static HalvesNetworks Create(ModelInput input, HalvesOptions options, IReadOnlyList<int> layers, IReadOnlyList<int> hidden) =>
        options.Network == HalvesNetwork.Resnet
            ? Residual(input, options.Channels)
            : new(input, layers, (top, bottom) => (new([top.Size, .. layers], hidden, input.Rng), new([layers[^1], bottom.Size], hidden, input.Rng)));

    private HalvesNetworks(ModelInput input, IReadOnlyList<int> layers, Func<ImageShape, ImageShape, (BeliefMaps Prior, BeliefMaps Output)> create)
    {
        halves = new(input.Channels, input.Height, input.Width);
        Layers = layers;
        (Prior, Output) = create(halves.TopShape, halves.BottomShape);
        using var scope = torch.NewDisposeScope();
        Tensor Row(float[] values) => values.ToTensor([1, input.Dimensions], input.Rng.device);
        topMeans = halves.Top(Row(input.PixelMeans)).flatten().clone().DetachFromDisposeScope();
        outputBias = halves.Bottom(Row(Models.OutputBias.FromMeans(input.PixelMeans))).flatten().clone().DetachFromDisposeScope();
    }

    /// <summary>Bits of each layer.</summary>
    internal IReadOnlyList<int> Layers { get; }

    /// <summary>From the top half to the logits of the first bits, and from bits to those of the next.</summary>
    internal BeliefMaps Prior { get; }

    /// <summary>From the last bits to the logits of the bottom half.</summary>
    internal BeliefMaps Output { get; }

    /// <summary>The mean top half, shape [D_top].</summary>
    internal Tensor TopMeans => owner?.get_buffer(MeansName) ?? topMeans;

    /// <summary>The logits of the mean bottom half, shape [D_bottom].</summary>
    internal Tensor OutputBias => owner?.get_buffer(BiasName) ?? outputBias;

    /// <summary>Makes the two tensors part of a model, which may move them to another device.</summary>
    internal void Register(Module model)
    {
        model.AddBuffer(MeansName, topMeans);
        model.AddBuffer(BiasName, outputBias);
        owner = model;
    }

    // Around one layer of bits, a picture of the top half's proportions.
    private static HalvesNetworks Residual(ModelInput input, IReadOnlyList<int> channels)
    {
        var top = new ImageHalves(input.Channels, input.Height, input.Width).TopShape;
        var code = ResidualNetworks.Code(top, channels.Count);
        return new(input, [code.Size], (top, bottom) => (
            new([top.Size, code.Size], ResidualNetworks.Encoder(top, channels, input.Rng)),
            new([code.Size, bottom.Size], ResidualNetworks.Decoder(code, bottom, channels, input.Rng))));
    }

    /// <summary>What the first map sees of images <c>[B, D]</c>, shape <c>[B, D_top]</c>.</summary>
    internal Tensor Context(Tensor x) => halves.Top(x) - TopMeans;

    /// <summary>The logits <c>[..., D_bottom]</c> of the bottom half given the last bits <c>[..., N]</c>, hard or relaxed.</summary>
    internal Tensor Decode(Tensor b) => Output.Logits(0, BeliefMaps.Signs(b)) + OutputBias;

    /// <summary>log p(x_bottom | b), in nats, of images <c>[B, D]</c> and the last bits <c>[P, B, N]</c>. Shape <c>[P, B]</c>.</summary>
    internal Tensor LogLikelihood(Tensor x, Tensor b) => BernoulliLogLikelihood.Of(halves.Bottom(x), Decode(b));

    /// <summary>The top halves of images <c>[B, D]</c> above the mean bottom halves given the last bits <c>[B, N]</c>. Shape <c>[B, D]</c>.</summary>
    internal Tensor Complete(Tensor x, Tensor b) => halves.Join(halves.Top(x), Decode(b).sigmoid());
}
