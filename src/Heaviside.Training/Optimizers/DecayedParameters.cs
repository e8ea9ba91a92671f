namespace Heaviside.Optimizers;

/// <summary>Which parameters weight decay is for.</summary>
public enum DecayedParameters
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those of two dimensions or more: weights, without biases and scales.</summary>
    Matrices,
}
