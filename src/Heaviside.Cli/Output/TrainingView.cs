using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run to a person or to a program.</summary>
internal abstract class TrainingView : ITrainingObserver
{
    /// <summary>Does the work while showing it.</summary>
    internal virtual void Show(Action work) => work();

    /// <summary>The run is about to train.</summary>
    internal abstract void Started(RunFolder run, Experiment experiment);

    /// <summary>The run has its test bounds and pictures.</summary>
    internal abstract void Finished(RunFolder run, Experiment experiment, RunResult result);

    /// <inheritdoc/>
    public abstract void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point);

    /// <inheritdoc/>
    public abstract void Validated(TrainingState state, Bound bound);

    /// <inheritdoc/>
    public abstract void Evaluating(string what, int done, int total);

    /// <inheritdoc/>
    public abstract void Note(string message);
}
