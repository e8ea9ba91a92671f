using System.Text.Json.Nodes;
using Heaviside.Laboratory;
using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>Runs of <c>heaviside variance</c> on a problem. One takes moments and cannot be continued: what was stopped begins anew.</summary>
/// <param name="problem">The name of the problem.</param>
internal sealed class LaboratoryRuns(string problem) : RunKind
{
    /// <inheritdoc/>
    internal override RunRecord? Read(StudyRun run, string folder) => RunRecord.ReadLaboratory(folder, run.Steps);

    /// <inheritdoc/>
    internal override bool IsInUse(string folder) => LabFolder.IsInUse(folder);

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Prepare(StudyRun run, string folder)
    {
        var estimator = run.Settings.FirstOrDefault(s => s.Key == "estimator").Value ?? throw new InputException("a run on a problem needs the setting 'estimator'");
        if (Directory.Exists(folder) && !RunRecord.IsIn(folder)) Directory.Delete(folder, recursive: true); // a training run stays, and the command refuses its folder
        // A study reads the trajectories: bias and variance against temperature, at the initial parameters, are left out.
        return
        [
            "variance", problem, "--estimators", estimator, "--out", folder, "--temperatures", "[]",
            .. run.Settings.Where(s => s.Key != "estimator").SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" }),
        ];
    }

    /// <inheritdoc/>
    internal override void Take(RunProgress run, JsonObject line) => run.Step = (long?)line["step"] ?? run.Step;
}
