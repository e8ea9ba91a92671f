namespace Heaviside.Estimators;

/// <summary>What an estimator claims about the bias of its gradient; the laws test the claim.</summary>
public enum Bias
{
    /// <summary>Unbiased for every objective.</summary>
    None,

    /// <summary>Unbiased when the objective is linear in each factor alone, biased otherwise.</summary>
    NoneIfMultilinear,

    /// <summary>Unbiased when the objective is at most quadratic in each factor alone, biased otherwise.</summary>
    NoneIfQuadratic,

    /// <summary>Unbiased for every objective of one stochastic layer, biased for several.</summary>
    NoneIfOneLayer,

    /// <summary>A positive multiple of the gradient in the mean, for every objective.</summary>
    NoneUpToScale,

    /// <summary>Goes to 0 with the temperature for every differentiable objective.</summary>
    VanishesWithTemperature,

    /// <summary>Goes to 0 with the temperature when the objective is at most quadratic in each factor alone.</summary>
    VanishesWithTemperatureIfQuadratic,

    /// <summary>Goes to 0 with the perturbation epsilon for every objective.</summary>
    VanishesWithEpsilon,

    /// <summary>Nothing is claimed: biased even for objectives that are linear in each factor alone.</summary>
    Unbounded,
}
