using System.Numerics;
using Heaviside.Configuration;

namespace Heaviside.Simulators;

/// <summary>Particles in a box: what springs and charges have in common.</summary>
/// <remarks>Kipf, Fetaya, Wang, Welling and Zemel 2018, arXiv:1802.04687, and the generator that was published with it. Frames are 100 steps apart, the first
/// after 100 steps; its velocities are those before that step's kick.</remarks>
/// <typeparam name="TForce">The force between two particles.</typeparam>
/// <param name="spread">The standard deviation of coordinates at the start.</param>
internal abstract class Particles<TForce>(double spread) : Simulator(objects: 5)
    where TForce : struct, IPairForce
{
    private const int StepsPerFrame = 100;
    private const double Speed = 0.5;

    /// <summary>Frames of a trajectory, 2 to 1000; 49 by default.</summary>
    [Option("frames of a trajectory, 100 steps of 0.001 apart", Least = 2, Most = 1000)]
    public override int Frames { get; init => field = OptionInfo.Checked(this, value); } = 49;

    /// <summary>Frames that the trajectories of the test go on for, 0 to 1000; 50 by default.</summary>
    [Option("frames that the trajectories of the test go on for", Least = 0, Most = 1000)]
    public int FutureFrames { get; init => field = OptionInfo.Checked(this, value); } = 50;

    /// <inheritdoc/>
    public override int TestFrames => Frames + FutureFrames;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups => [0, 0, 1, 1];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Features => ["x", "y", "velocity x", "velocity y"];

    /// <inheritdoc/>
    public override string Dynamics =>
        $"{Force}; coordinates begin at N(0, {FormattableString.Invariant($"{spread}")}^2) with speed 0.5; box [-5, 5]^2 with reflecting walls, forces clipped at 100, symplectic Euler steps of 0.001";

    /// <summary>The force, in words.</summary>
    protected abstract string Force { get; }

    /// <summary>Draws what is between two particles, in the order (0, 1), (0, 2), ..., (1, 2), ....</summary>
    protected abstract void Draw(SimulationRandom random, Span<double> strengths);

    /// <inheritdoc/>
    protected sealed override void Simulate(IReadOnlyList<SimulationRandom> lanes, int frames, Span<float> values, Span<long> edges)
    {
        var system = new ParticleSystem<TForce>(Objects);
        for (var lane = 0; lane < lanes.Count; lane++) Begin(system, lane, lanes[lane], edges.Slice(lane * Pairs, Pairs));
        system.Start();
        for (var t = 0; t < frames; t++)
        {
            for (var step = 1; step < StepsPerFrame; step++)
            {
                system.Drift();
                system.Kick();
            }

            system.Drift();
            for (var lane = 0; lane < lanes.Count; lane++) Record(system, lane, values.Slice(((lane * frames) + t) * Objects * 4, Objects * 4));
            system.Kick();
        }
    }

    private void Begin(ParticleSystem<TForce> system, int lane, SimulationRandom random, Span<long> edges)
    {
        Span<double> strengths = stackalloc double[system.Strengths.Length];
        Draw(random, strengths);
        for (int i = 0, pair = 0; i < Objects; i++)
        {
            for (var j = i + 1; j < Objects; j++, pair++)
            {
                Set(ref system.Strengths[pair], lane, strengths[pair]);
                edges[Place(i, j, Objects)] = edges[Place(j, i, Objects)] = strengths[pair] > 0 ? 1 : 0;
            }

            Set(ref system.X[i], lane, spread * random.Normal());
            Set(ref system.Y[i], lane, spread * random.Normal());
            var (vx, vy) = (random.Normal(), random.Normal());
            var norm = Math.Sqrt((vx * vx) + (vy * vy));
            Set(ref system.VelocityX[i], lane, vx * Speed / norm);
            Set(ref system.VelocityY[i], lane, vy * Speed / norm);
        }
    }

    private static void Set(ref Vector<double> vector, int lane, double value) => vector = vector.WithElement(lane, value);

    private static void Record(ParticleSystem<TForce> system, int lane, Span<float> frame)
    {
        for (var i = 0; i < system.X.Length; i++)
        {
            frame[4 * i] = (float)system.X[i][lane];
            frame[(4 * i) + 1] = (float)system.Y[i][lane];
            frame[(4 * i) + 2] = (float)system.VelocityX[i][lane];
            frame[(4 * i) + 3] = (float)system.VelocityY[i][lane];
        }
    }
}
