using Heaviside.Studies;

namespace Heaviside.Cli.Reproduction;

/// <summary>The folders of a study's runs; those of finished runs are read once.</summary>
/// <param name="folder">The folder that they are in.</param>
/// <param name="kind">What they are.</param>
internal sealed class RunArchive(string folder, RunKind kind)
{
    private readonly Dictionary<StudyRun, RunRecord> finished = [];

    /// <summary>Where a run is before anything is done.</summary>
    internal RunProgress Progress(StudyRun run)
    {
        var record = Find(run);
        return new(run, FolderOf(run)) { State = record?.IsFinished == true ? RunState.Finished : RunState.Waiting, Step = record?.Step ?? 0 };
    }

    /// <summary>What the runs have now; each is read at most once.</summary>
    internal Func<StudyRun, RunRecord?> Read()
    {
        var now = new Dictionary<StudyRun, RunRecord?>();
        return run => now.TryGetValue(run, out var record) ? record : now[run] = Find(run);
    }

    private RunRecord? Find(StudyRun run)
    {
        if (finished.TryGetValue(run, out var known)) return known;
        var record = kind.Read(run, FolderOf(run));
        if (record?.IsFinished == true) finished.Add(run, record);
        return record;
    }

    private string FolderOf(StudyRun run) => Path.Combine(folder, run.Folder);
}
