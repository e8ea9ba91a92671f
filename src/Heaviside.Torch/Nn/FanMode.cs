namespace Heaviside.Torch;

/// <summary>Which connections of a weight an initialization counts.</summary>
public enum FanMode
{
    /// <summary>Those into one output, which keeps the variance of activations.</summary>
    FanIn,

    /// <summary>Those out of one input, which keeps the variance of gradients.</summary>
    FanOut,

    /// <summary>The mean of both.</summary>
    FanAverage,
}
