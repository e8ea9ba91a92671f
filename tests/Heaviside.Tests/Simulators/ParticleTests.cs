using System.Numerics;
using Heaviside.Simulators;

namespace Heaviside.Tests.Simulators;

public sealed class ParticleTests
{
    private const double Dt = ParticleSystem<SpringForce>.TimeStep;

    [Fact]
    public void Springs_AwayFromWalls_KeepEnergyAndMomentum()
    {
        var system = new ParticleSystem<SpringForce>(4);
        double[] x = [0.5, -0.2, 0.1, -0.6], y = [0.3, 0.4, -0.5, 0.1], vx = [0.3, -0.1, 0.2, -0.4], vy = [-0.2, 0.5, -0.4, 0.1], e = [1, 0, 1, 1, 0, 1];
        Fill(system, (i, _) => (x[i], y[i], vx[i], vy[i]), (pair, _) => e[pair]);
        system.Start();
        var (start, momentum) = (Energy(system), Momentum(system));
        for (var step = 0; step < 20_000; step++)
        {
            system.Drift();
            system.Kick();
            if (step % 100 != 0) continue;
            Math.Abs((Energy(system) / start) - 1).ShouldBeLessThan(1e-6);
            (Momentum(system) - momentum).Magnitude.ShouldBeLessThan(1e-12);
        }

        system.X.Max(p => Math.Abs(p[0])).ShouldBeLessThan(ParticleSystem<SpringForce>.Box);
    }

    [Fact]
    public void Walls_Reflect()
    {
        var system = new ParticleSystem<SpringForce>(2);
        Fill(system, (i, _) => i == 0 ? (4.9995, -4.9995, 1, -2) : (0, 4.9, 0, 0.5), (_, _) => 0);
        system.Start();
        system.Drift();
        system.X[0][0].ShouldBe(10 - 5.0005, 1e-12);
        system.Y[0][0].ShouldBe(-10 + 5.0015, 1e-12);
        (system.VelocityX[0][0], system.VelocityY[0][0], system.VelocityY[1][0]).ShouldBe((-1, 2, 0.5));
        system.Y[1][0].ShouldBe(4.9005, 1e-12);
    }

    // Written as the published generator is, for one simulation: every lane has its bits, so that a vector's width changes none.
    [Fact]
    public void Springs_EveryLane_HasTheBitsOfThePublishedLoop() =>
        Compare<SpringForce>((_, random) => random.Next(2), (e, _) => -0.1 * e);

    [Fact]
    public void Charges_EveryLane_HasTheBitsOfThePublishedLoop() =>
        Compare<ChargeForce>((_, random) => (2 * random.Next(2)) - 1, (e, squared) => e / (squared * Math.Sqrt(squared)));

    [Fact]
    public void Charges_TooClose_HaveTheLargestForce()
    {
        var system = new ParticleSystem<ChargeForce>(2);
        Fill(system, (i, _) => (0.01 * i, 0, 0, 0), (_, _) => 1);
        system.Kick();
        system.VelocityX[0][0].ShouldBe(-0.1, 1e-12);
        system.VelocityX[1][0].ShouldBe(0.1, 1e-12);
        (system.VelocityY[0][0], system.VelocityY[1][0]).ShouldBe((0.0, 0.0));
    }

    private static void Compare<TForce>(Func<int, Random, double> strength, Func<double, double, double> factor)
        where TForce : struct, IPairForce
    {
        const int n = 5, Steps = 400;
        var system = new ParticleSystem<TForce>(n);
        var random = new Random(1);
        double Next(double spread) => spread * ((2 * random.NextDouble()) - 1);
        Fill(system, (i, _) => (Next(5.1), Next(5.1), Next(3), Next(3)), (pair, _) => strength(pair, random)); // some begin outside
        var lanes = Enumerable.Range(0, Vector<double>.Count).Select(lane => new Reference(
            [.. system.X.Select(v => v[lane])], [.. system.Y.Select(v => v[lane])],
            [.. system.VelocityX.Select(v => v[lane])], [.. system.VelocityY.Select(v => v[lane])],
            [.. system.Strengths.Select(v => v[lane])], factor)).ToList();
        system.Start();
        for (var step = 0; step < Steps; step++)
        {
            system.Drift();
            system.Kick();
        }

        for (var lane = 0; lane < lanes.Count; lane++)
        {
            lanes[lane].Run(Steps);
            system.X.Select(v => v[lane]).ShouldBe(lanes[lane].X);
            system.Y.Select(v => v[lane]).ShouldBe(lanes[lane].Y);
            system.VelocityX.Select(v => v[lane]).ShouldBe(lanes[lane].Vx);
            system.VelocityY.Select(v => v[lane]).ShouldBe(lanes[lane].Vy);
        }
    }

    private static void Fill<TForce>(ParticleSystem<TForce> system, Func<int, int, (double X, double Y, double Vx, double Vy)> state, Func<int, int, double> strength)
        where TForce : struct, IPairForce
    {
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            for (var i = 0; i < system.X.Length; i++)
            {
                var (x, y, vx, vy) = state(i, lane);
                system.X[i] = system.X[i].WithElement(lane, x);
                system.Y[i] = system.Y[i].WithElement(lane, y);
                system.VelocityX[i] = system.VelocityX[i].WithElement(lane, vx);
                system.VelocityY[i] = system.VelocityY[i].WithElement(lane, vy);
            }

            for (var pair = 0; pair < system.Strengths.Length; pair++) system.Strengths[pair] = system.Strengths[pair].WithElement(lane, strength(pair, lane));
        }
    }

    // Velocities after a kick are half a step ahead of the places: half a kick earlier the energy is that of the leapfrog method, off by (omega dt)^2 only.
    private static double Energy(ParticleSystem<SpringForce> system)
    {
        var energy = 0.0;
        for (var i = 0; i < system.X.Length; i++)
        {
            var (fx, fy) = (0.0, 0.0);
            for (var j = 0; j < system.X.Length; j++)
            {
                if (j == i) continue;
                var e = system.Strengths[Heaviside.Structured.BitPairs.Index(Math.Min(i, j), Math.Max(i, j), system.X.Length)][0];
                var (dx, dy) = (system.X[i][0] - system.X[j][0], system.Y[i][0] - system.Y[j][0]);
                (fx, fy) = (fx - (0.1 * e * dx), fy - (0.1 * e * dy));
                if (j > i) energy += 0.05 * e * ((dx * dx) + (dy * dy));
            }

            var (vx, vy) = (system.VelocityX[i][0] - (Dt / 2 * fx), system.VelocityY[i][0] - (Dt / 2 * fy));
            energy += ((vx * vx) + (vy * vy)) / 2;
        }

        return energy;
    }

    private static Complex Momentum(ParticleSystem<SpringForce> system) =>
        new(system.VelocityX.Sum(v => v[0]), system.VelocityY.Sum(v => v[0]));

    private sealed class Reference(double[] x, double[] y, double[] vx, double[] vy, double[] strengths, Func<double, double, double> factor)
    {
        public double[] X => x;

        public double[] Y => y;

        public double[] Vx => vx;

        public double[] Vy => vy;

        public void Run(int steps)
        {
            Walls();
            Kick();
            for (var step = 0; step < steps; step++)
            {
                for (var i = 0; i < x.Length; i++) (x[i], y[i]) = (x[i] + (0.001 * vx[i]), y[i] + (0.001 * vy[i]));
                Walls();
                Kick();
            }
        }

        private void Kick()
        {
            for (var i = 0; i < x.Length; i++)
            {
                var (fx, fy) = (0.0, 0.0);
                for (var j = 0; j < x.Length; j++)
                {
                    if (j == i) continue;
                    var (dx, dy) = (x[i] - x[j], y[i] - y[j]);
                    var f = factor(strengths[Heaviside.Structured.BitPairs.Index(Math.Min(i, j), Math.Max(i, j), x.Length)], (dx * dx) + (dy * dy));
                    (fx, fy) = (fx + (f * dx), fy + (f * dy));
                }

                vx[i] += 0.001 * Math.Clamp(fx, -100, 100);
                vy[i] += 0.001 * Math.Clamp(fy, -100, 100);
            }
        }

        private void Walls()
        {
            foreach (var (place, velocity) in new[] { (x, vx), (y, vy) })
                for (var i = 0; i < place.Length; i++)
                {
                    if (place[i] > 5) (place[i], velocity[i]) = (10 - place[i], -Math.Abs(velocity[i]));
                    if (place[i] < -5) (place[i], velocity[i]) = (-10 - place[i], Math.Abs(velocity[i]));
                }
        }
    }
}
