using System.Runtime.ExceptionServices;
using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run by another view as long as that can write: a full disk or a terminal that has gone ends what is shown, not the training.</summary>
internal sealed class LastingView(TrainingView view) : TrainingView
{
    private bool isBroken;

    /// <inheritdoc/>
    internal override void Show(Action work)
    {
        var isBegun = false;
        ExceptionDispatchInfo? failure = null;
        Try(() => view.Show(() =>
        {
            isBegun = true;
            try
            {
                work();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error); // not the view's
            }
        }));
        if (!isBegun) work();
        failure?.Throw();
    }

    /// <inheritdoc/>
    internal override void Started(RunFolder run, Experiment experiment) => Try(() => view.Started(run, experiment));

    /// <inheritdoc/>
    internal override void Finished(RunFolder run, Experiment experiment, RunResult result) => Try(() => view.Finished(run, experiment, result));

    /// <inheritdoc/>
    public override void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point) => Try(() => view.Stepped(state, options, objective, point));

    /// <inheritdoc/>
    public override void Validated(TrainingState state, Bound bound) => Try(() => view.Validated(state, bound));

    /// <inheritdoc/>
    public override void Evaluating(string what, int done, int total) => Try(() => view.Evaluating(what, done, total));

    /// <inheritdoc/>
    public override void Note(string message) => Try(() => view.Note(message));

    private void Try(Action show)
    {
        if (isBroken) return;
        try
        {
            show();
        }
        catch (IOException error)
        {
            isBroken = true;
            ErrorOutput.WriteLine($"the output cannot be written any more, the run goes on without: {error.Message.ReplaceLineEndings(" ")}");
        }
    }
}
