using Heaviside.Configuration;

namespace Heaviside.Models;

/// <summary>Which networks go from the top half of an image to bits, and from these to its bottom half.</summary>
public abstract record HalvesOptions
{
    /// <summary>Perceptrons, the default, or residual networks.</summary>
    [Option("perceptrons, or residual networks with the setting channels")]
    public HalvesNetwork Network { get; init; }

    /// <summary>Channels of the residual network's stages, one at least, each from 1 to 100000; default [16, 32].</summary>
    [Option("channels of the residual network's stages, each of which halves the image", Least = 1, Most = 100_000, If = nameof(Network), Is = HalvesNetwork.Resnet)]
    public IReadOnlyList<int> Channels { get; init => field = Widths.NotNone(OptionInfo.Checked(this, value)); } = [16, 32];
}
