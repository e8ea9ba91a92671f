namespace Heaviside.Laboratory;

/// <summary>Where one estimator's own trajectory on a problem is.</summary>
/// <param name="Step">Training steps done.</param>
/// <param name="Estimator">The estimator.</param>
/// <param name="Value">The exact E[f(b)].</param>
/// <param name="Excess">How far that is above the smallest value of f.</param>
/// <param name="LogVariance">The natural logarithm of the gradient's variance there, the mean over its components; minus infinity for no variance.</param>
public sealed record ToyRow(long Step, string Estimator, double Value, double Excess, double LogVariance) : ILabRow
{
    /// <inheritdoc/>
    public string Kind => "toy";

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, object? Value)> Fields =>
        [("step", Step), ("estimator", Estimator), ("value", Value), ("excess", Excess), ("log-variance", LogVariance)];
}
