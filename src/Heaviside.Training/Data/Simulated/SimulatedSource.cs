using System.Globalization;
using Heaviside.Configuration;
using Heaviside.Simulators;

namespace Heaviside.Data.Simulated;

/// <summary>The trajectories of a simulator.</summary>
/// <remarks>Simulation i of a part is a pure function of the simulator's options, the seed and i: more of them leave the first ones as they are.</remarks>
/// <typeparam name="TSimulator">The simulator.</typeparam>
/// <param name="name">What the data are called.</param>
internal sealed class SimulatedSource<TSimulator>(string name) : SimulatedTrajectories
    where TSimulator : Simulator, new()
{
    private const int Most = 1_000_000;

    /// <summary>What moves, and how.</summary>
    [OptionGroup]
    public TSimulator Simulator { get; init; } = new();

    /// <summary>Simulations to learn from; 5,000 by default, which takes seconds.</summary>
    [Option("simulations to learn from; 50000 in papers, and a tenth of it by default, which takes seconds", Least = 1, Most = Most)]
    public int Train { get; init => field = OptionInfo.Checked(this, value); } = 5_000;

    /// <summary>Simulations to choose the best model by; 1,000 by default.</summary>
    [Option("simulations to choose the best model by; 10000 in papers", Least = 1, Most = Most)]
    public int Validation { get; init => field = OptionInfo.Checked(this, value); } = 1_000;

    /// <summary>Simulations to report results on; 1,000 by default.</summary>
    [Option("simulations to report results on; 10000 in papers", Least = 1, Most = Most)]
    public int Test { get; init => field = OptionInfo.Checked(this, value); } = 1_000;

    /// <summary>Decides where simulations begin and what interacts in them: the same in every run, whatever the run's own seed; 42 by default, as in papers.</summary>
    [Option("seed of the simulations")]
    public ulong SimulationSeed { get; init; } = 42;

    /// <inheritdoc/>
    public override SimulationPlan Plan => new(
        name, Simulator, SimulationSeed, [Part(Split.Train, Train, Simulator.Frames), Part(Split.Validation, Validation, Simulator.Frames), Part(Split.Test, Test, Simulator.TestFrames)]);

    /// <inheritdoc/>
    public override TrainingData Load(DataFolders folders)
    {
        var plan = Plan;
        Trajectories[] parts = [.. plan.Parts.Select(p => Cache.Get(plan, p))];
        var scaling = new FeatureScaling(parts[0].Values, Simulator.Groups);
        Examples[] examples = [.. plan.Parts.Zip(parts, (part, simulated) => ToExamples(simulated, part, scaling))];
        return new TrajectoryData(name, $"simulated with seed {SimulationSeed}: {Train:N0} for training, {Validation:N0} for validation, {Test:N0} for the test", examples, Facts(scaling))
        {
            Features = Simulator.Features,
            Ranges = scaling.Ranges,
            IsSymmetric = Simulator.IsSymmetric,
        };
    }

    private SimulatedPart Part(Split split, int count, int frames)
    {
        var numbers = (long)count * frames * Simulator.Objects * Simulator.Features.Count;
        return numbers <= Array.MaxLength
            ? new(split, count, frames)
            : throw new InputException($"{name}: {count:N0} simulations of {Simulator.Objects} objects and {frames} frames are more than fit into memory: lower 'train', 'validation' or 'test', or the frames");
    }

    private Examples ToExamples(Trajectories simulated, SimulatedPart part, FeatureScaling scaling)
    {
        scaling.Apply(simulated.Values);
        var frame = Simulator.Objects * Simulator.Features.Count;
        Field Frames(string field, int from, int length) => new(field, [length, Simulator.Objects, Simulator.Features.Count],
            (i, _, _, values) => simulated.Values.AsSpan(((i * part.Frames) + from) * frame, length * frame).CopyTo(values));
        List<Field> fields =
        [
            Frames(TrajectoryData.Trajectories, 0, Simulator.Frames),
            new(TrajectoryData.Edges, [Simulator.Pairs], (int i, ulong _, int _, Span<long> types) => simulated.Edges.AsSpan(i * Simulator.Pairs, Simulator.Pairs).CopyTo(types)),
        ];
        if (part.Frames > Simulator.Frames) fields.Add(Frames(TrajectoryData.Future, Simulator.Frames, part.Frames - Simulator.Frames));
        return new(part.Count, fields);
    }

    private IReadOnlyList<(string Name, string Value)> Facts(FeatureScaling scaling) =>
    [
        ("objects", $"{Simulator.Objects}"),
        ("frames", Simulator.TestFrames > Simulator.Frames ? $"{Simulator.Frames}, in the test followed by {Simulator.TestFrames - Simulator.Frames} more" : $"{Simulator.Frames}"),
        ("dynamics", Simulator.Dynamics),
        ("features", string.Join(", ", Simulator.Features.Zip(scaling.Ranges, (feature, range) => string.Create(CultureInfo.InvariantCulture, $"{feature} from {range.Least:0.####} to {range.Largest:0.####}"))) + ", scaled to [-1, 1]"),
    ];
}
