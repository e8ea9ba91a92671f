namespace Heaviside.Data.Simulated;

/// <summary>How far the simulations of a data set are.</summary>
/// <param name="Done">How many there are, those of earlier times included.</param>
/// <param name="Total">How many there will be.</param>
/// <param name="Made">How many were made this time.</param>
internal readonly record struct SimulationProgress(int Done, int Total, int Made);
