namespace Heaviside.Models;

/// <summary>The networks between an image and its class and Gaussians.</summary>
public enum MixedNetwork
{
    /// <summary>Perceptrons.</summary>
    Mlp,

    /// <summary>Convolutions.</summary>
    Convolution,
}
