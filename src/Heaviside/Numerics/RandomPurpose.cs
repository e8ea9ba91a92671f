namespace Heaviside.Numerics;

/// <summary>What random numbers are drawn for; keeps streams of the same seed apart.</summary>
public enum RandomPurpose
{
    /// <summary>The order of the images in an epoch.</summary>
    Order = 1,

    /// <summary>Pixels drawn anew every epoch.</summary>
    DynamicPixels = 2,

    /// <summary>Pixels drawn once.</summary>
    FixedPixels = 3,

    /// <summary>Which images go into which part of a data set.</summary>
    Split = 4,

    /// <summary>Which images are the labeled ones.</summary>
    Labels = 5,

    /// <summary>Examples that are made anew in every epoch.</summary>
    Examples = 6,

    /// <summary>Where simulations begin, and what interacts in them.</summary>
    Simulation = 7,

    /// <summary>How training images are changed in an epoch.</summary>
    Augmentation = 8,
}
