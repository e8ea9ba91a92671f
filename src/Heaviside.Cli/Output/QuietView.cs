using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>Shows nothing of a run but its result.</summary>
internal sealed class QuietView : TrainingView
{
    /// <inheritdoc/>
    internal override void Started(RunFolder run, Experiment experiment)
    {
    }

    /// <inheritdoc/>
    internal override void Finished(RunFolder run, Experiment experiment, RunResult result) => RunText.WriteSummary(run, experiment, result);

    /// <inheritdoc/>
    public override void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point)
    {
    }

    /// <inheritdoc/>
    public override void Validated(TrainingState state, Bound bound)
    {
    }

    /// <inheritdoc/>
    public override void Evaluating(string what, int done, int total)
    {
    }

    /// <inheritdoc/>
    public override void Note(string message)
    {
    }
}
