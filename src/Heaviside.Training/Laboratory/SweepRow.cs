namespace Heaviside.Laboratory;

/// <summary>Bias and variance of an estimator at one value of a setting.</summary>
/// <param name="Setting">The setting: <c>temperature</c> or <c>epsilon</c>.</param>
/// <param name="Value">Its value; null if the estimator does not have it or is listed with a value of its own.</param>
/// <param name="Report">What was measured.</param>
public sealed record SweepRow(string Setting, double? Value, GradientReport Report) : ILabRow
{
    /// <inheritdoc/>
    public string Kind => "sweep";

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, object? Value)> Fields =>
    [
        ("estimator", Report.Name), ("setting", Setting), ("value", Value), ("relative-bias", Report.RelativeBias), ("standard-error", Report.RelativeError),
        ("log-variance", Report.LogVariance), ("draws", Report.Draws),
    ];
}
