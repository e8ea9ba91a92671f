namespace Heaviside.Estimators;

/// <summary>What an estimator claims about the bias of its gradient; the laws test the claim.</summary>
/// <remarks>The gradient is that of the surrogate's mean over the batch, with respect to all that the logits and f depend on; where
/// <see cref="GradientEstimator.SeparatesExamples"/>, that of each element too. A condition that a claim names is necessary: there is a
/// problem without it on which the estimator is biased. A structure, such as a <see cref="Distributions.GibbsStructure"/>, is one factor.</remarks>
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

    /// <summary>In the mean a positive multiple of the gradient with respect to the logits, and the exact one with respect to what f
    /// depends on. Biased, in direction too, for parameters of which the logits and f both depend.</summary>
    NoneUpToScaleIfNotShared,

    /// <summary>Goes to 0 with the temperature for every differentiable objective.</summary>
    VanishesWithTemperature,

    /// <summary>Goes to 0 with the temperature when the objective is at most quadratic in each factor alone.</summary>
    VanishesWithTemperatureIfQuadratic,

    /// <summary>Goes to 0 with the perturbation epsilon for every objective.</summary>
    VanishesWithEpsilon,

    /// <summary>Nothing is claimed: biased even for objectives that are linear in each factor alone.</summary>
    Unbounded,
}
