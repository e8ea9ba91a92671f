using System.Numerics;
using Heaviside.Simulators;

namespace Heaviside.Tests.Simulators;

public sealed class KuramotoTests
{
    private static readonly double[] Omega = [1.5, 9.2, 4.1], Start = [0.3, 5.9, 2.2], Couplings = [1, 0, 1, 1, 0, 1]; // (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)

    [Fact]
    public void Steps_AgainstRungeKuttaOfHalfTheStep_Agree()
    {
        var phases = Phases(0.01, 490);
        var half = Start.ToArray();
        for (var step = 0; step < 980; step++) half = Scalar(half, 0.005);
        for (var i = 0; i < 3; i++) phases[i].ShouldBe(half[i], 1e-5);
        var same = Start.ToArray();
        for (var step = 0; step < 490; step++) same = Scalar(same, 0.01);
        for (var i = 0; i < 3; i++) phases[i].ShouldBe(same[i], 1e-10);
    }

    [Fact]
    public void Steps_OfHalfTheLength_AreSixteenTimesAsExact()
    {
        double[] whole = Phases(0.02, 50), half = Phases(0.01, 100), quarter = Phases(0.005, 200);
        for (var i = 0; i < 3; i++) ((whole[i] - half[i]) / (half[i] - quarter[i])).ShouldBeInRange(13, 19);
    }

    // Of an oscillator alone, sin(phi + d) + sin(phi - d) = 2 cos(d) sin(phi) with d = omega / 10.
    [Fact]
    public void Features_OfUncoupledOscillators_AreThoseOfAConstantFrequency()
    {
        var simulator = new Kuramoto { Objects = 2 };
        var simulated = simulator.Run(seed: 3, stream: 0, first: 0, count: 16, frames: 20);
        Enumerable.Range(0, 16).Where(s => simulated.Edges[2 * s] == 0).ShouldNotBeEmpty();
        foreach (var s in Enumerable.Range(0, 16).Where(s => simulated.Edges[2 * s] == 0))
            for (var t = 1; t < 19; t++)
                for (var i = 0; i < 2; i++)
                {
                    ReadOnlySpan<float> Features(int frame) => simulated.Values.AsSpan((((s * 20) + frame) * 6) + (3 * i), 3);
                    var omega = (double)Features(t)[2];
                    ((double)Features(t)[0]).ShouldBe(omega, 1e-5);
                    omega.ShouldBeInRange(1, 10);
                    (Features(t + 1)[1] + Features(t - 1)[1]).ShouldBe((float)(2 * Math.Cos(omega / 10) * Features(t)[1]), 1e-5f);
                }
    }

    [Fact]
    public void Couplings_Directed_AreDrawnEachForItself()
    {
        static IEnumerable<bool> Agree(Kuramoto simulator)
        {
            var edges = simulator.Run(seed: 1, stream: 0, first: 0, count: 40, frames: 1).Edges;
            return Enumerable.Range(0, 40).Select(s => edges[2 * s] == edges[(2 * s) + 1]);
        }

        Agree(new() { Objects = 2 }).ShouldAllBe(same => same);
        Agree(new() { Objects = 2, Directed = true }).ShouldContain(false);
        (new Kuramoto().IsSymmetric, new Kuramoto { Directed = true }.IsSymmetric).ShouldBe((true, false));
    }

    private static double[] Phases(double dt, int steps)
    {
        var system = new OscillatorSystem(3);
        for (var i = 0; i < 3; i++) (system.Phases[i], system.Frequencies[i]) = (new Vector<double>(Start[i]), new Vector<double>(Omega[i]));
        for (var pair = 0; pair < 6; pair++) system.Couplings[pair] = new Vector<double>(Couplings[pair]);
        for (var step = 0; step < steps; step++) system.Step(dt);
        return [.. system.Phases.Select(p => p[0])];
    }

    private static double[] Scalar(double[] phi, double dt)
    {
        static double[] Slope(double[] phi) =>
            [.. phi.Select((p, i) => Omega[i] + Enumerable.Range(0, 3).Where(j => j != i).Sum(j => Couplings[Simulator.Place(i, j, 3)] * Math.Sin(phi[j] - p)))];
        double[] Moved(double[] slope, double by) => [.. phi.Zip(slope, (p, s) => p + (by * s))];
        var a = Slope(phi);
        var b = Slope(Moved(a, dt / 2));
        var c = Slope(Moved(b, dt / 2));
        var d = Slope(Moved(c, dt));
        return [.. phi.Select((p, i) => p + (dt / 6 * (a[i] + (2 * b[i]) + (2 * c[i]) + d[i])))];
    }
}
