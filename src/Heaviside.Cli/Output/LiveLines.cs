using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Heaviside.Cli.Output;

/// <summary>The last lines of a terminal, which are drawn anew below those that stay.</summary>
/// <param name="secondsBetweenFrames">How often at the most.</param>
internal sealed class LiveLines(double secondsBetweenFrames)
{
    private LiveDisplayContext? display;
    private long lastFrame;

    /// <summary>Does the work, during which there is something to draw on.</summary>
    internal void Show(Action work) =>
        Terminal.Out.Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(context =>
        {
            display = context;
            work();
            display = null;
        });

    /// <summary>Writes a line that stays. What a shorter line would leave of the display, which does not erase it, is emptied first.</summary>
    internal void WriteLine(string line)
    {
        display?.UpdateTarget(new Text(""));
        Terminal.Out.Write(new Text(line + "\n"));
    }

    /// <summary>Draws what moves, if that is due or must be.</summary>
    internal void Draw(Func<IEnumerable<IRenderable>> lines, bool now = false)
    {
        if (!now && Stopwatch.GetElapsedTime(lastFrame).TotalSeconds < secondsBetweenFrames) return;
        lastFrame = Stopwatch.GetTimestamp();
        display?.UpdateTarget(new Rows(lines()));
    }
}
