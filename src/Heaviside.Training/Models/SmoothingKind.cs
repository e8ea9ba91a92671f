namespace Heaviside.Models;

/// <summary>The law of a continuous zeta given a bit.</summary>
public enum SmoothingKind
{
    /// <summary>A spike and an exponential: dVAE.</summary>
    SpikeExponential,

    /// <summary>Two exponentials that overlap: dVAE++.</summary>
    Exponential,

    /// <summary>Two powers that overlap.</summary>
    Power,
}
