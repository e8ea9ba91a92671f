using System.Numerics;
using System.Runtime.InteropServices;

namespace Heaviside.Simulators;

/// <summary>Oscillators that are coupled by their phases, one simulation in each lane: d phi_i / dt = omega_i + sum_j k_ij sin(phi_j - phi_i).</summary>
/// <param name="objects">How many oscillators.</param>
internal sealed class OscillatorSystem(int objects)
{
    private readonly Vector<double>[] sine = new Vector<double>[objects];
    private readonly Vector<double>[] cosine = new Vector<double>[objects];
    private readonly Vector<double>[] between = new Vector<double>[objects];
    private readonly Vector<double>[][] slopes = [new Vector<double>[objects], new Vector<double>[objects], new Vector<double>[objects], new Vector<double>[objects]];

    /// <summary>The phases, in radians.</summary>
    public Vector<double>[] Phases { get; } = new Vector<double>[objects];

    /// <summary>The frequencies that they have alone, in radians per unit of time.</summary>
    public Vector<double>[] Frequencies { get; } = new Vector<double>[objects];

    /// <summary>The couplings, row by row over (receiver, sender).</summary>
    public Vector<double>[] Couplings { get; } = new Vector<double>[objects * (objects - 1)];

    /// <summary>A step of Runge and Kutta's method of fourth order.</summary>
    public void Step(double dt)
    {
        Slopes(Phases, slopes[0]);
        Slopes(Moved(slopes[0], dt / 2), slopes[1]);
        Slopes(Moved(slopes[1], dt / 2), slopes[2]);
        Slopes(Moved(slopes[2], dt), slopes[3]);
        for (var i = 0; i < Phases.Length; i++)
        {
            var middle = slopes[1][i] + slopes[2][i];
            Phases[i] += new Vector<double>(dt / 6) * (slopes[0][i] + middle + middle + slopes[3][i]);
        }
    }

    /// <summary>d phi / dt at some phases. By sin(a - b) = sin a cos b - cos a sin b it takes a sine and a cosine of each, and not of each pair.</summary>
    public void Slopes(Vector<double>[] phases, Vector<double>[] slope)
    {
        Span<double> phi = Lanes(phases), sin = Lanes(sine), cos = Lanes(cosine);
        for (var l = 0; l < phi.Length; l++) (sin[l], cos[l]) = Math.SinCos(phi[l]); // a vector's own sine can depend on other lanes
        for (int i = 0, pair = 0; i < slope.Length; i++)
        {
            var (s, c) = (Vector<double>.Zero, Vector<double>.Zero);
            for (var j = 0; j < slope.Length; j++)
            {
                if (j == i) continue;
                s += Couplings[pair] * sine[j];
                c += Couplings[pair++] * cosine[j];
            }

            slope[i] = Frequencies[i] + ((cosine[i] * s) - (sine[i] * c));
        }
    }

    private Vector<double>[] Moved(Vector<double>[] slope, double dt)
    {
        for (var i = 0; i < between.Length; i++) between[i] = Phases[i] + (new Vector<double>(dt) * slope[i]);
        return between;
    }

    private static Span<double> Lanes(Vector<double>[] vectors) => MemoryMarshal.Cast<Vector<double>, double>(vectors.AsSpan());
}
