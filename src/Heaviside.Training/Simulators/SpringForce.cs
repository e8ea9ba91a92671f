using System.Numerics;

namespace Heaviside.Simulators;

/// <summary>Springs: F_i = -0.1 e_ij (r_i - r_j).</summary>
internal readonly struct SpringForce : IPairForce
{
    /// <inheritdoc/>
    public static Vector<double> Factor(Vector<double> strength, Vector<double> dx, Vector<double> dy) => new Vector<double>(-0.1) * strength;
}
