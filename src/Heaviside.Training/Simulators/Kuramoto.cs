using System.Numerics;
using Heaviside.Configuration;

namespace Heaviside.Simulators;

/// <summary>Oscillators that are coupled by their phases: type 1 of a pair is a coupling, type 0 none, each with probability 1/2.</summary>
/// <remarks>Kipf et al. 2018, arXiv:1802.04687. The features are d phi / dt at the moment of the frame, by the law of motion itself, sin phi, and omega.
/// No feature is scaled within its own trajectory, as in a later generator (Loewe et al. 2022, arXiv:2006.10833): so no frame knows of later ones.</remarks>
internal sealed class Kuramoto() : Simulator(objects: 5)
{
    /// <summary>The step of time.</summary>
    internal const double TimeStep = 0.01;

    private const int StepsPerFrame = 10;

    /// <summary>Frames of a trajectory, 2 to 1000; 49 by default.</summary>
    [Option("frames of a trajectory, 10 steps of 0.01 apart", Least = 2, Most = 1000)]
    public override int Frames { get; init => field = OptionInfo.Checked(this, value); } = 49;

    /// <summary>Frames that the trajectories of the test go on for, 0 to 1000; 50 by default.</summary>
    [Option("frames that the trajectories of the test go on for", Least = 0, Most = 1000)]
    public int FutureFrames { get; init => field = OptionInfo.Checked(this, value); } = 50;

    /// <inheritdoc/>
    public override int TestFrames => Frames + FutureFrames;

    /// <summary>Whether an oscillator can be coupled to another that is not coupled to it; false by default, as in the paper.</summary>
    [Option("whether the couplings of (i, j) and (j, i) are drawn each for itself")]
    public bool Directed { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups => [0, 1, 2];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Features => ["d phi / dt", "sin phi", "omega"];

    /// <inheritdoc/>
    public override bool IsSymmetric => !Directed;

    /// <inheritdoc/>
    public override string Dynamics =>
        $"d phi_i / dt = omega_i + sum_j k_ij sin(phi_j - phi_i); omega from [1, 10), phi at the start from [0, 2 pi); k_ij is 1 with probability 1/2, else 0, {(Directed ? "directed" : "undirected")}; Runge-Kutta steps of 0.01";

    /// <inheritdoc/>
    protected override void Simulate(IReadOnlyList<SimulationRandom> lanes, int frames, Span<float> values, Span<long> edges)
    {
        var (system, slope, size) = (new OscillatorSystem(Objects), new Vector<double>[Objects], Objects * 3);
        for (var lane = 0; lane < lanes.Count; lane++) Begin(system, lane, lanes[lane], edges.Slice(lane * Pairs, Pairs));
        for (var t = 0; t < frames; t++)
        {
            for (var step = 0; step < StepsPerFrame; step++) system.Step(TimeStep);
            system.Slopes(system.Phases, slope);
            for (var lane = 0; lane < lanes.Count; lane++) Record(system, slope, lane, values.Slice(((lane * frames) + t) * size, size));
        }
    }

    private void Begin(OscillatorSystem system, int lane, SimulationRandom random, Span<long> edges)
    {
        for (var i = 0; i < Objects; i++)
            for (var j = 0; j < Objects; j++)
                if (j != i) edges[Place(i, j, Objects)] = Directed || i < j ? random.Coin() ? 1 : 0 : edges[Place(j, i, Objects)];
        for (var pair = 0; pair < Pairs; pair++) system.Couplings[pair] = system.Couplings[pair].WithElement(lane, (double)edges[pair]);
        for (var i = 0; i < Objects; i++)
        {
            system.Frequencies[i] = system.Frequencies[i].WithElement(lane, 1 + (9 * random.Uniform()));
            system.Phases[i] = system.Phases[i].WithElement(lane, 2 * Math.PI * random.Uniform());
        }
    }

    private static void Record(OscillatorSystem system, Vector<double>[] slope, int lane, Span<float> frame)
    {
        for (var i = 0; i < slope.Length; i++)
        {
            frame[3 * i] = (float)slope[i][lane];
            frame[(3 * i) + 1] = (float)Math.Sin(system.Phases[i][lane]);
            frame[(3 * i) + 2] = (float)system.Frequencies[i][lane];
        }
    }
}
