using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>Runs of <c>heaviside demo</c>.</summary>
/// <param name="demonstration">The name of the demonstration.</param>
internal sealed class DemonstrationRuns(string demonstration) : LaboratoryRuns
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Command(StudyRun run) => ["demo", demonstration, .. Set(run.Settings)];
}
