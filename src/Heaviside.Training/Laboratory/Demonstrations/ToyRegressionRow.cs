namespace Heaviside.Laboratory.Demonstrations;

/// <summary>The outputs of the toy regression after some steps.</summary>
/// <param name="Step">Training steps done.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="BelowTenth">The share of those below 0.1.</param>
/// <param name="AboveNineTenths">The share of those above 0.9.</param>
/// <param name="Discreteness">The mean of min(f, 1 - f): 0 if all are 0 or 1, at most 1/2.</param>
/// <param name="Stability">E[f(e) f(e')] for inputs with correlation rho.</param>
public sealed record ToyRegressionRow(long Step, double Mean, double BelowTenth, double AboveNineTenths, double Discreteness, double Stability) : ILabRow
{
    /// <inheritdoc/>
    public string Kind => "toy-regression";

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, object? Value)> Fields =>
        [("step", Step), ("mean", Mean), ("below-0.1", BelowTenth), ("above-0.9", AboveNineTenths), ("discreteness", Discreteness), ("stability", Stability)];
}
