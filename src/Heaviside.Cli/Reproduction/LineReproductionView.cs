using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>Shows a study as plain lines, one for every run that begins, is validated or ends: for files and pipes.</summary>
internal sealed class LineReproductionView : ReproductionView
{
    private readonly Dictionary<RunProgress, (RunState, double?)> shown = [];

    /// <inheritdoc/>
    internal override void Changed(RunProgress run, StudyResults results)
    {
        var now = (run.State, run.Validation);
        if (shown.TryGetValue(run, out var before) && before == now) return;
        shown[run] = now;
        Console.Out.WriteLine(ReproductionText.Line(run, results));
    }
}
