namespace Heaviside.Estimators.Controls;

/// <summary>How the noise of z and that of z given b go together. The mean of the gradient is the same.</summary>
public enum NoiseCoupling
{
    /// <summary>The noise of z given b is the one that gives back the same z: f is evaluated there once.</summary>
    Common,

    /// <summary>Fresh noise for z given b: f is evaluated at both.</summary>
    Independent,
}
