namespace Heaviside.Estimators;

/// <summary>An estimator whose target is not E[f(b)] but the bound E[log 1/K sum_k exp f(b_k)] of K samples; it needs an <see cref="ILogWeight"/> objective.</summary>
public interface IMultiSampleBound
{
    /// <summary>The number of samples K in the bound.</summary>
    int Samples { get; }
}
