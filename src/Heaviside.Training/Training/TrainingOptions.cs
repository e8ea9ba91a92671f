using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Training;

/// <summary>How long, how, and where a model is trained.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
/// <exception cref="InputException">The device is not there.</exception>
public sealed record TrainingOptions
{
    private const long MostSteps = 1_000_000_000_000;

    /// <summary>Examples per training step, 1 or more; default 100.</summary>
    [Option("examples per training step", Least = 1, Most = 1_000_000)]
    public int BatchSize { get; init => field = OptionInfo.Checked(this, value); } = 100;

    /// <summary>Passes over the training examples, 1 or more; default 20.</summary>
    [Option("passes over the training examples", Least = 1, Most = 1_000_000)]
    public int Epochs { get; init => field = OptionInfo.Checked(this, value); } = 20;

    /// <summary>The number of training steps; default 0: as many as the epochs have.</summary>
    [Option("training steps; 0: as many as the epochs have", Least = 0, Most = MostSteps)]
    public long Steps { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>Steps between validations; default 0: once per epoch.</summary>
    [Option("steps between validations; 0: once per epoch", Least = 0, Most = MostSteps)]
    public long ValidateEvery { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>The seed that everything random in the run derives from; default 1.</summary>
    [Option("seed of everything random in the run", Least = 0)]
    public ulong Seed { get; init; } = 1;

    /// <summary>The step size of the optimizer, 0 or more; default 0.001.</summary>
    [Option("step size of the optimizer", Least = 0)]
    public Schedule LearningRate { get; init => field = OptionInfo.Checked(this, value); } = 1e-3;

    /// <summary>Validations without improvement after which training stops; default 0: never.</summary>
    [Option("validations without improvement before stopping early; 0: never stop early", Least = 0, Most = 1_000_000)]
    public int Patience { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>Steps between checkpoints, 1 or more; default 1000.</summary>
    [Option("steps between checkpoints", Least = 1, Most = MostSteps)]
    public long CheckpointEvery { get; init => field = OptionInfo.Checked(this, value); } = 1000;

    /// <summary>Steps between lines of training metrics, 1 or more; default 100.</summary>
    [Option("steps between lines of training metrics", Least = 1, Most = MostSteps)]
    public long LogEvery { get; init => field = OptionInfo.Checked(this, value); } = 100;

    /// <summary>Where to compute: cpu, cuda or cuda:N; default cpu.</summary>
    [Option("where to compute: cpu, cuda or cuda:N")]
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Samples of the importance-weighted test bound of models that have one; default 100; 1: none but the evidence lower bound.</summary>
    [Option("samples of the importance-weighted test bound; 1: none but the evidence lower bound", Least = 1, Most = 1_000_000)]
    public int TestSamples { get; init => field = OptionInfo.Checked(this, value); } = 100;

    /// <summary>Training steps of an epoch; 0 until the data are known.</summary>
    public int BatchesPerEpoch { get; private init; }

    /// <summary>The same with the numbers of steps that follow from the data.</summary>
    /// <param name="batchesPerEpoch">Batches that an epoch has, 1 or more.</param>
    internal TrainingOptions For(int batchesPerEpoch) => this with
    {
        Steps = Steps > 0 ? Steps : (long)Epochs * batchesPerEpoch,
        ValidateEvery = ValidateEvery > 0 ? ValidateEvery : batchesPerEpoch,
        BatchesPerEpoch = batchesPerEpoch,
    };

    /// <summary>What ends a run that has come so far; null while it goes on.</summary>
    internal RunEnd? EndOf(TrainingState state) =>
        state.Step >= Steps ? RunEnd.Steps : Patience > 0 && state.Stale >= Patience ? RunEnd.Patience : null;
}
