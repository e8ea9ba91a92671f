using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run as plain lines, one for every epoch and validation: for files and pipes.</summary>
internal sealed class LineView : TrainingView
{
    private RunPace? pace;

    /// <inheritdoc/>
    internal override void Started(RunFolder run, Experiment experiment)
    {
        pace = new(experiment.Options);
        RunText.WriteHeader(run, experiment);
    }

    /// <inheritdoc/>
    internal override void Finished(RunFolder run, Experiment experiment, RunResult result) => RunText.WriteSummary(run, experiment, result);

    /// <inheritdoc/>
    public override void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point)
    {
        pace!.Stepped(state, objective, point);
        if (pace.IsEndOfEpoch && !pace.IsValidated) Console.Out.WriteLine($"{RunText.Row(pace)}  {pace.PaceText}".TrimEnd());
    }

    /// <inheritdoc/>
    public override void Validated(TrainingState state, Bound bound) =>
        Console.Out.WriteLine($"{RunText.Row(pace!)}  {RunText.Validation(state, bound)}  {pace!.PaceText}".TrimEnd());

    /// <inheritdoc/>
    public override void Evaluating(string what, int done, int total) => pace?.Paused(); // it takes seconds: lines of it would say nothing

    /// <inheritdoc/>
    public override void Note(string message) => Console.Out.WriteLine(message);
}
