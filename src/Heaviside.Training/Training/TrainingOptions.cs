using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Training;

/// <summary>How long and how a model is trained, from settings.</summary>
/// <param name="Seed">The seed that everything random in the run derives from.</param>
/// <param name="BatchSize">Images per step.</param>
/// <param name="Steps">The number of training steps.</param>
/// <param name="LearningRate">The step size of the optimizer.</param>
/// <param name="ValidateEvery">Steps between validations.</param>
/// <param name="Patience">Validations without improvement after which training stops; 0: never.</param>
/// <param name="CheckpointEvery">Steps between checkpoints.</param>
/// <param name="LogEvery">Steps between lines of training metrics.</param>
public sealed record TrainingOptions(
    ulong Seed, int BatchSize, long Steps, Schedule LearningRate, long ValidateEvery, int Patience, long CheckpointEvery, long LogEvery)
{
    private const long MaxSteps = 1_000_000_000_000;

    /// <summary>Training steps of an epoch.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Reads the settings seed, batch-size, epochs, steps, learning-rate, validate-every, patience, checkpoint-every and log-every.</summary>
    public static TrainingOptions Read(Settings s, int trainingImages)
    {
        var batchSize = s.Int("batch-size", 100, 1, 1_000_000, "images per training step");
        var stepsPerEpoch = ((trainingImages - 1) / batchSize) + 1;
        var epochs = s.Int("epochs", 20, 1, 1_000_000, "passes over the training images");
        var steps = s.Long("steps", 0, 0, MaxSteps, "training steps; 0: as many as the epochs have");
        var validateEvery = s.Long("validate-every", 0, 0, MaxSteps, "steps between validations; 0: once per epoch");
        return new(
            (ulong)s.Long("seed", 1, 0, long.MaxValue, "seed of everything random in the run"),
            batchSize,
            steps > 0 ? steps : (long)epochs * stepsPerEpoch,
            s.Schedule("learning-rate", 1e-3, "step size of the optimizer", ScheduleRange.NotNegative),
            validateEvery > 0 ? validateEvery : stepsPerEpoch,
            s.Int("patience", 0, 0, 1_000_000, "validations without improvement before stopping early; 0: never stop early"),
            s.Long("checkpoint-every", 1000, 1, MaxSteps, "steps between checkpoints"),
            s.Long("log-every", 100, 1, MaxSteps, "steps between lines of training metrics"))
        {
            BatchesPerEpoch = stepsPerEpoch,
        };
    }

    /// <summary>What ends a run that has come so far; null while it goes on.</summary>
    internal RunEnd? EndOf(TrainingState state) =>
        state.Step >= Steps ? RunEnd.Steps : Patience > 0 && state.Stale >= Patience ? RunEnd.Patience : null;
}
