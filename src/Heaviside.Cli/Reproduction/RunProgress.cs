using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>How far a run of a study is. Changed and read by one thread at a time.</summary>
/// <param name="run">The run.</param>
/// <param name="folder">Where it is kept.</param>
internal sealed class RunProgress(StudyRun run, string folder)
{
    internal StudyRun Run => run;

    internal string Folder => folder;

    internal RunState State { get; set; }

    /// <summary>Training steps done.</summary>
    internal long Step { get; set; }

    /// <summary>Steps per second, or 0 before it is known.</summary>
    internal double Rate { get; set; }

    /// <summary>Seconds to its end; infinite before it is known.</summary>
    internal double SecondsLeft { get; set; } = double.PositiveInfinity;

    /// <summary>The last validation bound in nats per image, or null before the first.</summary>
    internal double? Validation { get; set; }

    /// <summary>What went wrong, or null.</summary>
    internal string? Problem { get; set; }

    /// <summary>Whether there is nothing to do for it any more.</summary>
    internal bool IsOver => State is RunState.Finished or RunState.Failed;

    /// <summary>Such as <c>step 1,500/10,000  312 steps/s  0:27 left</c>.</summary>
    internal string StepText => $"step {Output.Format.Of(Step)}/{Output.Format.Of(run.Steps)}"
        + (Rate > 0 ? $"  {Output.Format.Short(Rate)} steps/s  {Output.Format.Duration(SecondsLeft)} left" : "");
}
