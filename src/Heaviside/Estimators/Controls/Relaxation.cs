namespace Heaviside.Estimators.Controls;

/// <summary>How a perturbed logit becomes a relaxed value. Both go to the hard value as the temperature goes to 0.</summary>
public enum Relaxation
{
    /// <summary>softmax(z / lambda): goes to the uniform value as the temperature grows. arXiv:1611.00712</summary>
    Concrete,

    /// <summary>softmax(z / lambda + logits lambda / (lambda + 1)): goes to the mean as the temperature grows. arXiv:1703.07370, equation 7</summary>
    ToMean,
}
