using System.Text.Json.Nodes;
using Heaviside.Files;
using Heaviside.Laboratory;
using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>Runs of the laboratory. One takes moments and cannot be continued: what was stopped begins anew.</summary>
internal abstract class LaboratoryRuns : RunKind
{
    /// <inheritdoc/>
    internal sealed override RunRecord? Read(StudyRun run, string folder) => RunRecord.ReadLaboratory(folder, run.Steps);

    /// <inheritdoc/>
    internal sealed override bool IsInUse(string folder) => LabFolder.IsInUse(folder);

    /// <inheritdoc/>
    internal sealed override IReadOnlyList<string> Prepare(StudyRun run, string folder)
    {
        if (Directory.Exists(folder) && !RunRecord.IsIn(folder)) Directory.Delete(folder, recursive: true); // a training run stays, and the command refuses its folder
        return [.. Command(run), "--out", folder];
    }

    /// <inheritdoc/>
    internal sealed override void Take(RunProgress run, JsonObject line) => run.Step = line.Whole("step") ?? run.Step;

    /// <summary>The command with its arguments, all but the folder.</summary>
    private protected abstract IReadOnlyList<string> Command(StudyRun run);

    /// <summary>Settings as arguments.</summary>
    private protected static IEnumerable<string> Set(IEnumerable<KeyValuePair<string, string>> settings) => settings.SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" });
}
