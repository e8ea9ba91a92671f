using System.Diagnostics;
using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run on a terminal: a line for every validation, and below them one that moves.</summary>
internal sealed class LiveView : TrainingView
{
    private const double SecondsBetweenFrames = 0.1;
    private const int LongestBar = 40, ShortestBar = 8;

    private RunPace? pace;
    private LiveDisplayContext? display;
    private long lastFrame;

    /// <inheritdoc/>
    internal override void Show(Action work) =>
        Terminal.Out.Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(context =>
        {
            display = context;
            work();
            display = null;
        });

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
        if (IsFrameDue())
            Draw((double)pace.Step / pace.Steps, $"{pace.EpochText}  {pace.StepText}  {pace.PaceText}", $"{pace.ObjectiveName} {Format.Nats(pace.Objective)}");
        if (pace.IsEndOfEpoch && !pace.IsValidated) WriteLine(RunText.Row(pace));
    }

    /// <inheritdoc/>
    public override void Validated(TrainingState state, Bound bound) =>
        WriteLine($"{RunText.Row(pace!)}  {RunText.Validation(state, bound)}");

    /// <inheritdoc/>
    public override void Evaluating(string what, int done, int total)
    {
        pace?.Paused();
        if (IsFrameDue()) Draw((double)done / total, $"{what}  {Format.Of(done)}/{Format.Of(total)} images");
    }

    /// <inheritdoc/>
    public override void Note(string message) => WriteLine(message);

    // The display does not erase what a shorter line leaves of a longer one: it is emptied first.
    private void WriteLine(string line)
    {
        display?.UpdateTarget(new Text(""));
        Terminal.Out.Write(new Text(line + "\n"));
    }

    private bool IsFrameDue()
    {
        if (Stopwatch.GetElapsedTime(lastFrame).TotalSeconds < SecondsBetweenFrames) return false;
        lastFrame = Stopwatch.GetTimestamp();
        return true;
    }

    // A bar takes what room the text leaves; lines that are still too long are cut.
    private void Draw(double share, string text, string? below = null)
    {
        var room = Math.Min(Terminal.Out.Profile.Width - text.Length - 8, LongestBar);
        var full = (int)(share * room);
        var bar = room < ShortestBar ? "" : $"[blue]{new string('━', full)}[/][grey]{new string('━', room - full)}[/] ";
        List<IRenderable> lines = [new Markup($"{bar}{share * 100,3:0}%  {Markup.Escape(text)}").Overflow(Overflow.Ellipsis)];
        if (below is not null) lines.Add(new Markup($"[grey]{Markup.Escape(below)}[/]").Overflow(Overflow.Ellipsis));
        display?.UpdateTarget(new Rows(lines));
    }
}
