namespace Heaviside.Laboratory;

/// <summary>The variance of one estimator's gradient over a stretch of a trajectory.</summary>
/// <param name="Step">Training steps done at its end.</param>
/// <param name="Estimator">The estimator.</param>
/// <param name="LogVariance">The natural logarithm of the variance about the estimator's own mean.</param>
/// <param name="CommonLogVariance">The same about the mean of all unbiased estimators in the study, which makes a bias count as
/// variance; null if there are none.</param>
/// <param name="Milliseconds">What the gradient of a minibatch took.</param>
public sealed record VarianceRow(long Step, string Estimator, double LogVariance, double? CommonLogVariance, double Milliseconds) : ILabRow
{
    /// <inheritdoc/>
    public string Kind => "variance";

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, object? Value)> Fields =>
        [("step", Step), ("estimator", Estimator), ("log-variance", LogVariance), ("log-variance-common-mean", CommonLogVariance), ("milliseconds", Milliseconds)];
}
