using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run as text: what is trained, a row for every epoch and validation, and the result.</summary>
internal abstract class TextView : TrainingView
{
    /// <inheritdoc/>
    internal override void Started(RunFolder run, Experiment experiment)
    {
        base.Started(run, experiment);
        RunText.WriteHeader(run, experiment);
    }

    /// <inheritdoc/>
    public override void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point)
    {
        base.Stepped(state, options, objective, point);
        Move(Pace!);
        if (Pace!.IsEndOfEpoch && !Pace.IsValidated) WriteRow(RunText.Row(Pace), null);
    }

    /// <inheritdoc/>
    public override void Validated(TrainingState state, Bound bound) => WriteRow(RunText.Row(Pace!), RunText.Validation(state, bound));

    /// <summary>Shows where the run is, if what moves is shown; before a row takes the mean objective.</summary>
    protected virtual void Move(RunPace pace)
    {
    }

    /// <summary>Writes a row that stays.</summary>
    /// <param name="row">Position and mean objective.</param>
    /// <param name="validation">The validation bound, if there is one.</param>
    protected abstract void WriteRow(string row, string? validation);
}
