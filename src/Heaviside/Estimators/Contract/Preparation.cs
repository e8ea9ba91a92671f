namespace Heaviside.Estimators;

/// <summary>How an estimator gets what it learns.</summary>
public static class Preparation
{
    /// <summary>Makes what the estimator learns (baselines, scales, temperatures, networks) for a model; call it once, before the optimizer is
    /// made. An estimator that learns nothing may be used without it.</summary>
    /// <returns>The estimator.</returns>
    /// <exception cref="InvalidOperationException">It was prepared before.</exception>
    public static T Prepare<T>(this T estimator, EstimatorInput input)
        where T : GradientEstimator
    {
        estimator.PrepareFor(input);
        return estimator;
    }
}
