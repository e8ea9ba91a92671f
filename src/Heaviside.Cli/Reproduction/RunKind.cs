using System.Text.Json.Nodes;
using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>What the runs of a study are: which command makes one, and what its folder says of it.</summary>
internal abstract class RunKind
{
    /// <summary>The kind of a grid's runs.</summary>
    /// <param name="grid">The runs.</param>
    /// <param name="dataDir">A folder to look for data in, or null.</param>
    internal static RunKind Of(StudyGrid grid, string? dataDir) =>
        grid.Problem is { } problem ? new ProblemRuns(problem)
        : grid.Demonstration is { } demonstration ? new DemonstrationRuns(demonstration)
        : new TrainingRuns(dataDir);

    /// <summary>What a run has so far, and whether it is finished; null before it is begun.</summary>
    internal abstract RunRecord? Read(StudyRun run, string folder);

    /// <summary>Whether a process works on the run in a folder now.</summary>
    internal abstract bool IsInUse(string folder);

    /// <summary>Readies the folder of a run that is not finished.</summary>
    /// <returns>The command that makes or continues the run, with its arguments.</returns>
    /// <exception cref="InputException">The folder is in the way.</exception>
    internal abstract IReadOnlyList<string> Prepare(StudyRun run, string folder);

    /// <summary>Takes a line that the command has printed.</summary>
    internal abstract void Take(RunProgress run, JsonObject line);
}
