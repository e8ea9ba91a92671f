using Spectre.Console;

namespace Heaviside.Cli.Output;

/// <summary>Shows a run on a terminal: a line for every validation, and below them one that moves.</summary>
internal sealed class LiveView : TextView
{
    private const int LongestBar = 40, ShortestBar = 8;

    private readonly LiveLines display = new(secondsBetweenFrames: 0.1);

    /// <inheritdoc/>
    internal override void Show(Action work) => display.Show(work);

    /// <inheritdoc/>
    public override void Evaluating(string what, int done, int total)
    {
        base.Evaluating(what, done, total);
        Draw((double)done / total, () => $"{what}  {Format.Of(done)}/{Format.Of(total)} images");
    }

    /// <inheritdoc/>
    public override void Note(string message) => display.WriteLine(message);

    /// <inheritdoc/>
    protected override void Move(RunPace pace) =>
        Draw((double)pace.Step / pace.Steps, () => $"{pace.EpochText}  {pace.StepText}  {pace.PaceText}", () => $"{pace.ObjectiveName} {Format.Nats(pace.Objective)}");

    /// <inheritdoc/>
    protected override void WriteRow(string row, string? validation) => display.WriteLine(validation is null ? row : $"{row}  {validation}");

    // A bar takes what room the text leaves; lines that are still too long are cut.
    private void Draw(double share, Func<string> text, Func<string>? below = null) => display.Draw(() =>
    {
        var first = text();
        var room = Math.Min(Terminal.Out.Profile.Width - first.Length - 8, LongestBar);
        var full = (int)(share * room);
        var bar = room < ShortestBar ? "" : $"[blue]{new string('━', full)}[/][grey]{new string('━', room - full)}[/] ";
        string[] lines = [$"{bar}{share * 100,3:0}%  {Markup.Escape(first)}", .. below is null ? [] : new[] { $"[grey]{Markup.Escape(below())}[/]" }];
        return lines.Select(line => new Markup(line).Overflow(Overflow.Ellipsis));
    });
}
