using System.Numerics;

namespace Heaviside.Simulators;

/// <summary>Charges: F_i = c_i c_j (r_i - r_j) / |r_i - r_j|^3.</summary>
internal readonly struct ChargeForce : IPairForce
{
    /// <inheritdoc/>
    public static Vector<double> Factor(Vector<double> strength, Vector<double> dx, Vector<double> dy)
    {
        var squared = (dx * dx) + (dy * dy);
        return strength / (squared * Vector.SquareRoot(squared));
    }
}
