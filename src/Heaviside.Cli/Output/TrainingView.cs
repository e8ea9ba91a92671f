using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run to a person or to a program; what a view does not say otherwise about, it does not show, but for the result.</summary>
internal abstract class TrainingView : ITrainingObserver
{
    /// <summary>How far and how fast the run is; null before it has started, and where nothing is trained.</summary>
    protected RunPace? Pace { get; private set; }

    /// <summary>What shows work on a run that is trained already.</summary>
    internal static TrainingView OfEvaluation(bool asJson) => Terminal.IsInteractive && !asJson ? new LiveView() : new QuietView();

    /// <summary>Does the work while showing it.</summary>
    internal virtual void Show(Action work) => work();

    /// <summary>The run is about to train.</summary>
    internal virtual void Started(RunFolder run, Experiment experiment) => Pace = new(experiment.Options);

    /// <summary>The run has its test bounds and pictures.</summary>
    internal virtual void Finished(RunFolder run, Experiment experiment, RunResult result) => RunText.WriteSummary(run, experiment, result);

    /// <inheritdoc/>
    public virtual void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point) => Pace!.Stepped(state, objective, point);

    /// <inheritdoc/>
    public virtual void Validated(TrainingState state, Bound bound)
    {
    }

    /// <inheritdoc/>
    public virtual void Evaluating(string what, int done, int total) => Pace?.Paused();

    /// <inheritdoc/>
    public virtual void Note(string message)
    {
    }
}
