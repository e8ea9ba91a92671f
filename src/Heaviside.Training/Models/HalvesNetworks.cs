using Heaviside.Configuration;
using Heaviside.Kernels;
using Heaviside.Networks;

namespace Heaviside.Models;

/// <summary>The networks with which structured prediction goes from the top half of an image to bits, and from bits to its bottom half.</summary>
/// <remarks>Top halves enter minus their mean in the training set, bits as values in {-1, 1}; the logits of the mean bottom half,
/// clipped to [0.001, 0.999], are a constant on top of the output's. A model registers the parts as its own.</remarks>
internal sealed class HalvesNetworks
{
    private const int MaxWidth = 100_000;
    private const string MeansName = "top_means", BiasName = "output_bias";

    private readonly ImageHalves halves;
    private readonly Tensor topMeans, outputBias;
    private Module? owner;

    /// <summary>Networks around layers of bits.</summary>
    /// <param name="input">The data they are for; images of two rows at least.</param>
    /// <param name="layers">Bits of b_1 (next to the top half), b_2, ...</param>
    /// <param name="hidden">Widths of the tanh layers inside every map; none: the maps are affine.</param>
    /// <exception cref="InputException">The images have one row.</exception>
    internal HalvesNetworks(ModelInput input, IReadOnlyList<int> layers, IReadOnlyList<int> hidden)
        : this(input, layers, (top, bottom) => (new([top.Size, .. layers], hidden, input.Rng), new([layers[^1], bottom.Size], hidden, input.Rng)))
    {
    }

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

    /// <summary>Residual networks around one layer of bits, a picture of the top half's proportions.</summary>
    /// <param name="input">The data they are for.</param>
    /// <param name="channels">Channels of the stages, each of which halves height and width.</param>
    /// <exception cref="InputException">The images are too small.</exception>
    internal static HalvesNetworks Residual(ModelInput input, IReadOnlyList<int> channels)
    {
        var top = new ImageHalves(input.Channels, input.Height, input.Width).TopShape;
        var code = ResidualNetworks.Code(top, channels.Count);
        return new(input, [code.Size], (top, bottom) => (
            new([top.Size, code.Size], ResidualNetworks.Encoder(top, channels, input.Rng)),
            new([code.Size, bottom.Size], ResidualNetworks.Decoder(code, bottom, channels, input.Rng))));
    }

    /// <summary>Reads the setting network and, for residual networks, channels.</summary>
    /// <param name="s">The settings.</param>
    /// <param name="input">The data.</param>
    /// <param name="perceptrons">Reads the settings of the other kind.</param>
    internal static HalvesNetworks Read(Settings s, ModelInput input, Func<HalvesNetworks> perceptrons)
    {
        if (s.Choice("network", "mlp", ["mlp", "resnet"], "perceptrons, or residual networks with the setting channels") == "mlp") return perceptrons();
        var channels = s.IntList("channels", [16, 32], 1, MaxWidth, "channels of the residual network's stages, each of which halves the image");
        return channels.Count > 0 ? Residual(input, channels) : throw new InputException("setting 'channels' is empty, expected the channels of one stage at least");
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
