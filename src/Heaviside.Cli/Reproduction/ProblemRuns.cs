using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>Runs of <c>heaviside variance</c> on a problem.</summary>
/// <param name="problem">The name of the problem.</param>
internal sealed class ProblemRuns(string problem) : LaboratoryRuns
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Command(StudyRun run)
    {
        var estimator = run.Settings.FirstOrDefault(s => s.Key == "estimator").Value ?? throw new InputException("a run on a problem needs the setting 'estimator'");
        // A study reads the trajectories: bias and variance against temperature, at the initial parameters, are left out.
        return ["variance", problem, "--estimators", estimator, "--sweep", "[]", .. Set(run.Settings.Where(s => s.Key != "estimator"))];
    }
}
