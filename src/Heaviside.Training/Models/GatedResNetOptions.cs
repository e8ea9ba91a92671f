using Heaviside.Configuration;
using Heaviside.Networks.Residual;

namespace Heaviside.Models;

/// <summary>The options of a <see cref="GatedResNet"/>.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed record GatedResNetOptions
{
    /// <summary>Layers with weights, 6 n + 2, from 8 to 1202; default 110, which has 54 gates.</summary>
    [Option("layers with weights: 8, 14, 20, 26, 32, ..., 110 and so on", Least = 8, Most = 1202)]
    public int Depth { get; init => field = ResidualNetwork.Depth(OptionInfo.Checked(this, value)); } = 110;

    /// <summary>Channels of the first stage, from 1 to 4096; default 16.</summary>
    [Option("channels of the first stage; the second has twice as many, the third four times", Least = 1, Most = 4096)]
    public int Width { get; init => field = OptionInfo.Checked(this, value); } = 16;

    /// <summary>The share of images for which each block is to be computed, from 0 to 1; default 0.6.</summary>
    [Option("share of images for which each block is to be computed", Least = 0, Most = 1)]
    public double TargetRate { get; init => field = OptionInfo.Checked(this, value); } = 0.6;

    /// <summary>The weight of the squared distance from it, 0 or more; default 2.</summary>
    [Option("weight of the squared distance from the target rate", Least = 0, Most = 1e9)]
    public double RateWeight { get; init => field = OptionInfo.Checked(this, value); } = 2;
}
