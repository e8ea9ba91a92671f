using System.Globalization;
using Heaviside.Estimators;
using Heaviside.Evaluation;

namespace Heaviside.Training;

/// <summary>Writes a line for each validation and note on the console: what <see cref="Trainer.Train"/> shows where nothing else is asked for.</summary>
internal sealed class ConsoleObserver(Experiment experiment) : ITrainingObserver
{
    private double objective;
    private EvaluationPoint point;

    /// <inheritdoc/>
    public void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point) => (this.objective, this.point) = (objective, point);

    /// <inheritdoc/>
    public void Validated(TrainingState state, Bound bound) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"step {state.Step} of {experiment.Options.Steps}: {point.ObjectiveName()} {objective:G6}, validation {bound.Mean:G6} ({bound.Description})"));

    /// <inheritdoc/>
    public void Evaluating(string what, int done, int total)
    {
    }

    /// <inheritdoc/>
    public void Note(string message) => Console.WriteLine(message);
}
