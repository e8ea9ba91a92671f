using System.Runtime.InteropServices;
using Heaviside.Configuration;
using Heaviside.Files;

namespace Heaviside.Training;

/// <summary>A folder from which a run continues bit for bit: weights, optimizer, random stream, probes and position.</summary>
/// <remarks>It appears under its name only when it is complete, whatever happens while it is written.</remarks>
public static class Checkpoint
{
    private const int Kept = 2;
    private const string ProbePrefix = "probe-";

    /// <summary>Writes a checkpoint and removes all but the last two, and the best weights that neither refers to.</summary>
    public static void Save(RunFolder run, Experiment experiment, Generator rng, TrainingState state)
    {
        var path = Path.Combine(run.Checkpoints, CheckpointHead.NameOf(state.Step));
        if (Directory.Exists(path)) AtomicFolder.Delete(path); // damaged, or the run would have continued behind it
        AtomicFolder.Write(path, folder =>
        {
            using var scope = torch.NewDisposeScope();
            var sums = new List<KeyValuePair<string, string>>();
            foreach (var part in Parts(experiment, rng))
            {
                TensorFile.Write(part.In(folder), part.State);
                sums.Add(new(part.Name, FileSum.Of(part.In(folder))));
            }

            CheckpointHead.Write(folder, state, experiment.Settings, sums);
        });
        foreach (var old in All(run).SkipLast(Kept)) AtomicFolder.Delete(old);
        run.KeepBest(States(run).Select(s => s.BestStep));
    }

    /// <summary>Continues from the last checkpoint that can be read; false if there has been none yet.</summary>
    /// <remarks>Settings that have changed since it was made are noted in the run's folder.</remarks>
    /// <param name="run">The run's folder.</param>
    /// <param name="experiment">Gets the weights and the optimizer's state.</param>
    /// <param name="rng">Gets the random stream.</param>
    /// <param name="state">Gets the position.</param>
    /// <param name="note">Is told of a checkpoint that is damaged and passed over, and of settings that have changed.</param>
    /// <exception cref="InputException">There are checkpoints, but none can be read, or a setting has changed that may not; nothing is changed then.</exception>
    public static bool TryLoad(RunFolder run, Experiment experiment, Generator rng, out TrainingState state, Action<string> note)
    {
        var reasons = new List<string>();
        foreach (var path in All(run).Reverse())
        {
            if (Try(path, () => CheckpointHead.Read(path), reasons) is not { } head) continue;
            var changes = SettingChange.Between(head.Settings ?? run.ReadSettings().Given.ToDictionary(), experiment.Settings, path);
            if (Try(path, () => Load(path, head, run, experiment, rng), reasons) is null) continue;
            foreach (var reason in reasons) note($"passed over a checkpoint that cannot be read: {reason}");
            run.NoteChanges(head.State.Step, changes, experiment);
            if (changes.Count > 0) note($"from step {head.State.Step} on: {string.Join("; ", changes)}");
            state = head.State;
            return true;
        }

        if (reasons.Count > 0)
            throw new InputException($"{run.Root}: cannot be continued, none of its checkpoints can be read ({string.Join("; ", reasons)}); start anew with: {HostProgram.Name} train {run.RecipeFile}");
        state = new();
        return false;
    }

    /// <summary>The positions of the checkpoints whose position can be read, the oldest first.</summary>
    public static IEnumerable<TrainingState> States(RunFolder run) =>
        All(run).Select(path => Try(path, () => CheckpointHead.Read(path), [])?.State).OfType<TrainingState>();

    /// <summary>The folders of the complete checkpoints, the oldest first.</summary>
    public static IEnumerable<string> All(RunFolder run) =>
        Directory.Exists(run.Checkpoints) ? Directory.GetDirectories(run.Checkpoints, "step-*").Order(StringComparer.Ordinal) : [];

    /// <summary>Reads something of a checkpoint; null where that is damaged, for which there is one more reason then.</summary>
    internal static T? Try<T>(string path, Func<T> read, List<string> reasons)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InputException or IOException or UnauthorizedAccessException or ExternalException)
        {
            reasons.Add($"{path}: {error.Message.Split('\n')[0]}");
            return null;
        }
    }

    // All or nothing: everything is read and compared before anything changes.
    private static CheckpointHead Load(string path, CheckpointHead head, RunFolder run, Experiment experiment, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        head.State.RequirePosition(experiment.Options.BatchesPerEpoch);
        MetricsLog.RequireLineEnd(run.MetricsFile, head.State.MetricsPosition);
        var parts = Parts(experiment, rng)
            .Where(part => !part.IsOfProbe || head.Sums?.ContainsKey(part.Name) != false) // a probe that is new begins anew
            .Select(part => (part, Saved: Read(path, head, part))).ToList();
        foreach (var (part, saved) in parts) part.Load(saved);
        return head;
    }

    // The generator comes first: it alone may refuse what has the right shape.
    private static IEnumerable<Part> Parts(Experiment e, Generator rng)
    {
        const string Stream = "state";
        yield return new("generator", new Dictionary<string, Tensor> { [Stream] = rng.get_state() }, saved => Continue(rng, saved[Stream]), torch.CPU);
        yield return new("model", e.Model.state_dict(), e.Model.LoadState, e.Device);
        if (e.Estimator is not null) yield return new("estimator", e.Estimator.state_dict(), e.Estimator.LoadState, e.Device);
        yield return new("optimizer", e.Optimizer.state_dict(), e.Optimizer.load_state_dict, torch.CPU);
        foreach (var (name, probe) in e.Probes)
        {
            if (probe.state_dict().Count > 0) yield return new(ProbePrefix + name, probe.state_dict(), probe.LoadState, e.Device);
            foreach (var (i, optimizer) in probe.Optimizers.Index())
                yield return new($"{ProbePrefix}{name}-optimizer-{i}", optimizer.state_dict(), optimizer.load_state_dict, torch.CPU);
        }
    }

    private static void Continue(Generator rng, Tensor state)
    {
        try
        {
            rng.SetState(state);
        }
        catch (ArgumentException error)
        {
            throw new InputException($"its generator cannot be continued: {error.Message}");
        }
    }

    private static Dictionary<string, Tensor> Read(string path, CheckpointHead head, Part part)
    {
        var saved = TensorFile.Read(part.In(path), part.State, head.SumOf(part.Name), part.Device);
        return part.Name is "model" or "estimator" && NonFiniteDiagnosis.First(saved) is { } name
            ? throw new InputException($"'{name}' of its {part.Name} has a NaN or an infinity")
            : saved;
    }

    /// <summary>One file of a checkpoint: tensors as they are now, and what continues from others.</summary>
    private sealed record Part(string Name, IReadOnlyDictionary<string, Tensor> State, Action<IReadOnlyDictionary<string, Tensor>> Load, Device Device)
    {
        internal bool IsOfProbe => Name.StartsWith(ProbePrefix, StringComparison.Ordinal);

        internal string In(string folder) => Path.Combine(folder, Name + ".safetensors");
    }
}
