using Heaviside.Numerics;

namespace Heaviside.Networks;

/// <summary>A network of images as a map of rows of values: [..., C H W] to [..., C' H' W'].</summary>
internal sealed class ImageMap : torch.nn.Module<Tensor, Tensor>, IWide
{
    private readonly ImageShape from;
    private readonly Sequential network;

    /// <summary>The map of a network.</summary>
    /// <param name="from">The shape of an image that goes in.</param>
    /// <param name="network">From [B, C, H, W] to [B, C', H', W'].</param>
    /// <param name="widest">Values of an example in the network's widest layer.</param>
    internal ImageMap(ImageShape from, Sequential network, long widest)
        : base(nameof(ImageMap))
    {
        this.from = from;
        this.network = this.AddModule("network", network);
        Widest = widest;
    }

    /// <inheritdoc/>
    public long Widest { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Shape.RequireSuffix(input, [from.Size]);
        using var scope = torch.NewDisposeScope();
        var rows = network.call(input.reshape([-1, from.Channels, from.Height, from.Width])).flatten(1);
        return scope.MoveToOuter(rows.reshape([.. input.shape[..^1], rows.size(1)]));
    }
}
