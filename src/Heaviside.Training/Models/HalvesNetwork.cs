namespace Heaviside.Models;

/// <summary>The networks between the halves of an image and bits.</summary>
public enum HalvesNetwork
{
    /// <summary>Perceptrons.</summary>
    Mlp,

    /// <summary>Residual networks.</summary>
    Resnet,
}
