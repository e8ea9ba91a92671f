using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Data.Simulated;
using Heaviside.Models;
using Heaviside.Simulators;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Simulated trajectories to train on.</summary>
internal sealed class NriTrajectories : BenchmarkData
{
    private readonly Simulator simulator;

    private NriTrajectories(Simulator simulator, float[] values, string name)
        : base(values, simulator.Frames * simulator.Objects * simulator.Features.Count, $"simulated {name}") => this.simulator = simulator;

    /// <summary>So many trajectories, scaled to [-1, 1].</summary>
    internal static NriTrajectories Simulate(Simulator simulator, string name, int count)
    {
        var values = simulator.Run(seed: 1, stream: 0, first: 0, count, simulator.Frames).Values;
        new FeatureScaling(values, simulator.Groups).Apply(values);
        return new(simulator, values, name);
    }

    /// <inheritdoc/>
    internal override TrainingStep Step(string model, string estimator, Settings settings, int batch, Device device)
    {
        using var initial = new Generator(1, device);
        var entry = ModelCatalog.All.Find(model);
        var made = entry.Create(Data(), initial, settings.Fill(entry.NewOptions()));
        Batch[] batches = [.. Values.Chunk(batch * Size).Select((b, i) => new Batch(Arrays(b), 0, i) { Device = device })];
        using var rng = new Generator(1);
        return new(made, estimator, settings, rng, (step, gradient, noise) => made.Objective(batches[step % batches.Length], gradient, noise), device);
    }

    private NamedArrays Arrays(float[] values) =>
        new NamedArrays(values.Length / Size).With(TrajectoryData.Trajectories, values, simulator.Frames, simulator.Objects, simulator.Features.Count);

    private TrajectoryData Data()
    {
        var all = Arrays(Values).ToExamples();
        return new(Source, Source, [all, all, all], [])
        {
            Features = simulator.Features,
            Ranges = [.. simulator.Features.Select(_ => (-1.0, 1.0))],
            IsSymmetric = simulator.IsSymmetric,
        };
    }
}
