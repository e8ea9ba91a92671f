using System.Diagnostics;
using Heaviside.Priors;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The sweeps of a training step alone, tables included.</summary>
/// <param name="side">Units of each side of the machine.</param>
/// <param name="chains">Chains.</param>
/// <param name="sweeps">Sweeps of a step.</param>
internal sealed class PriorSampling(int side, int chains, int sweeps) : ITimed
{
    private readonly Generator rng = new(1);
    private readonly RestrictedBoltzmannMachine machine = new(side, side);
    private GibbsSampler? sampler;

    // The parameters change between the calls, as they do in training: tables are built each time.
    /// <inheritdoc/>
    public double[] Run(int steps)
    {
        using var _ = torch.no_grad();
        sampler ??= new(machine, chains, rng);
        var seconds = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            machine.Weights.normal_(0, 0.1, rng);
            var start = Stopwatch.GetTimestamp();
            sampler.Sample(sweeps).Dispose();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    public void Dispose()
    {
        machine.Dispose();
        rng.Dispose();
    }
}
