using System.Numerics;

namespace Heaviside.Simulators;

/// <summary>A force between two particles along the line between them.</summary>
internal interface IPairForce
{
    /// <summary>What r_i - r_j is multiplied by to be the force on particle i.</summary>
    /// <param name="strength">What is between the two.</param>
    /// <param name="dx">x_i - x_j.</param>
    /// <param name="dy">y_i - y_j.</param>
    static abstract Vector<double> Factor(Vector<double> strength, Vector<double> dx, Vector<double> dy);
}
