namespace Heaviside.Laboratory.Demonstrations;

/// <summary>The function on the plane after some steps.</summary>
/// <param name="Step">Training steps done.</param>
/// <param name="Volume">Its Gaussian volume, E[f].</param>
/// <param name="VolumeChange">That less the untrained function's.</param>
/// <param name="Stability">E[f(e) f(e')] for places with correlation rho.</param>
/// <param name="Bound">The largest stability of any function of this volume, that of a half-plane.</param>
/// <param name="Discreteness">The mean of min(f, 1 - f): 0 if all values are 0 or 1, at most 1/2.</param>
/// <param name="Distance">E|f - h| for the half-plane h of this volume in the direction in which f grows.</param>
/// <param name="Values">Its values in the square that pictures show, row by row from above.</param>
public sealed record HalfSpaceRow(long Step, double Volume, double VolumeChange, double Stability, double Bound, double Discreteness, double Distance, IReadOnlyList<float> Values) : ILabRow
{
    /// <inheritdoc/>
    public string Kind => "half-space";

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, object? Value)> Fields =>
        [("step", Step), ("volume", Volume), ("volume-change", VolumeChange), ("stability", Stability), ("bound", Bound), ("gap", Bound - Stability), ("discreteness", Discreteness), ("distance", Distance)];
}
