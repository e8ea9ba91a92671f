using System.Numerics;

namespace Heaviside.Simulators;

/// <summary>Particles of mass 1 in a box with reflecting walls, one simulation in each lane.</summary>
/// <typeparam name="TForce">The force between them.</typeparam>
/// <param name="objects">How many particles.</param>
internal sealed class ParticleSystem<TForce>(int objects)
    where TForce : struct, IPairForce
{
    /// <summary>The step of time, half the box's width, and the largest force along an axis.</summary>
    public const double TimeStep = 0.001, Box = 5, MostForce = 0.1 / TimeStep;

    private readonly Vector<double>[] forceX = new Vector<double>[objects];
    private readonly Vector<double>[] forceY = new Vector<double>[objects];

    /// <summary>First coordinates.</summary>
    public Vector<double>[] X { get; } = new Vector<double>[objects];

    /// <summary>Second coordinates.</summary>
    public Vector<double>[] Y { get; } = new Vector<double>[objects];

    /// <summary>First coordinates of velocities.</summary>
    public Vector<double>[] VelocityX { get; } = new Vector<double>[objects];

    /// <summary>Second coordinates of velocities.</summary>
    public Vector<double>[] VelocityY { get; } = new Vector<double>[objects];

    /// <summary>What is between two particles, in the order (0, 1), (0, 2), ..., (1, 2), ....</summary>
    public Vector<double>[] Strengths { get; } = new Vector<double>[objects * (objects - 1) / 2];

    /// <summary>What comes before the first step: a whole kick, as in the published generator.</summary>
    public void Start()
    {
        Reflect();
        Kick();
    }

    /// <summary>x += dt v, with the walls.</summary>
    public void Drift()
    {
        var dt = new Vector<double>(TimeStep);
        for (var i = 0; i < X.Length; i++)
        {
            X[i] += dt * VelocityX[i];
            Y[i] += dt * VelocityY[i];
        }

        Reflect();
    }

    /// <summary>v += dt F, each component of F clipped.</summary>
    public void Kick()
    {
        Array.Clear(forceX);
        Array.Clear(forceY);
        for (int i = 0, pair = 0; i < X.Length; i++)
        {
            var (x, y, sumX, sumY) = (X[i], Y[i], forceX[i], forceY[i]);
            for (var j = i + 1; j < X.Length; j++, pair++)
            {
                var (dx, dy) = (x - X[j], y - Y[j]);
                var factor = TForce.Factor(Strengths[pair], dx, dy);
                var (fx, fy) = (factor * dx, factor * dy);
                sumX += fx;
                sumY += fy;
                forceX[j] -= fx;
                forceY[j] -= fy;
            }

            VelocityX[i] += new Vector<double>(TimeStep) * Clipped(sumX); // all pairs with i are done
            VelocityY[i] += new Vector<double>(TimeStep) * Clipped(sumY);
        }
    }

    private static Vector<double> Clipped(Vector<double> force) => Vector.Min(Vector.Max(force, new(-MostForce)), new(MostForce));

    private void Reflect()
    {
        for (var i = 0; i < X.Length; i++)
        {
            Reflect(ref X[i], ref VelocityX[i]);
            Reflect(ref Y[i], ref VelocityY[i]);
        }
    }

    private static void Reflect(ref Vector<double> place, ref Vector<double> velocity)
    {
        var wall = new Vector<double>(Box);
        var over = Vector.GreaterThan(place, wall);
        place = Vector.ConditionalSelect(over, (wall + wall) - place, place);
        velocity = Vector.ConditionalSelect(over, -Vector.Abs(velocity), velocity);
        var under = Vector.LessThan(place, -wall);
        place = Vector.ConditionalSelect(under, -(wall + wall) - place, place);
        velocity = Vector.ConditionalSelect(under, Vector.Abs(velocity), velocity);
    }
}
