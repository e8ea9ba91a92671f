using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Files;

namespace Heaviside.Training;

/// <summary>A folder from which a run continues bit for bit: weights, optimizer, random stream, probes and position.</summary>
/// <remarks>It appears under its name only when it is complete, whatever happens while it is written.</remarks>
public static class Checkpoint
{
    private const int Kept = 2;

    /// <summary>Writes a checkpoint and removes all but the last two, and the best weights that neither refers to.</summary>
    public static void Save(RunFolder run, Experiment experiment, Generator rng, TrainingState state)
    {
        var path = Path.Combine(run.Checkpoints, $"step-{state.Step:D10}");
        if (Directory.Exists(path)) AtomicFolder.Delete(path); // damaged, or the run would have continued behind it
        AtomicFolder.Write(path, folder =>
        {
            using var scope = torch.NewDisposeScope();
            foreach (var part in Parts(experiment, rng)) TensorFile.Write(Path.Combine(folder, part.Name + ".safetensors"), part.State);
            AtomicFile.WriteText(Path.Combine(folder, "state.json"), state.ToJson().ToJsonString());
        });
        foreach (var old in All(run).SkipLast(Kept)) AtomicFolder.Delete(old);
        run.KeepBest(States(run).Select(s => s.BestStep));
    }

    /// <summary>Continues from the last checkpoint that can be read; false if there has been none yet.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="experiment">Gets the weights and the optimizer's state.</param>
    /// <param name="rng">Gets the random stream.</param>
    /// <param name="state">Gets the position.</param>
    /// <param name="note">Is told of a checkpoint that is damaged and passed over.</param>
    /// <exception cref="InputException">There are checkpoints, but none can be read; nothing is changed then.</exception>
    public static bool TryLoad(RunFolder run, Experiment experiment, Generator rng, out TrainingState state, Action<string> note)
    {
        var reasons = new List<string>();
        foreach (var path in All(run).Reverse())
        {
            try
            {
                state = Load(path, experiment, rng);
                foreach (var reason in reasons) note($"passed over a checkpoint that cannot be read: {reason}");
                return true;
            }
            catch (Exception error) when (IsDamage(error) || error is ExternalException)
            {
                reasons.Add($"{path}: {error.Message.Split('\n')[0]}");
            }
        }

        if (reasons.Count > 0)
            throw new InputException($"{run.Root}: cannot be continued, none of its checkpoints can be read ({string.Join("; ", reasons)}); start anew with: heaviside train {run.RecipeFile}");
        state = new();
        return false;
    }

    /// <summary>The positions of the checkpoints whose position can be read, the oldest first.</summary>
    public static IEnumerable<TrainingState> States(RunFolder run)
    {
        foreach (var path in All(run))
        {
            TrainingState state;
            try
            {
                state = ReadState(path);
            }
            catch (Exception error) when (IsDamage(error))
            {
                continue;
            }

            yield return state;
        }
    }

    /// <summary>The folders of the complete checkpoints, the oldest first.</summary>
    public static IEnumerable<string> All(RunFolder run) =>
        Directory.Exists(run.Checkpoints) ? Directory.GetDirectories(run.Checkpoints, "step-*").Order(StringComparer.Ordinal) : [];

    // All or nothing: everything is read and compared before anything changes.
    private static TrainingState Load(string path, Experiment experiment, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        var state = ReadState(path);
        var parts = Parts(experiment, rng).Select(part => (part, Saved: Read(path, part))).ToList();
        foreach (var (part, saved) in parts) part.Load(saved);
        return state;
    }

    private static TrainingState ReadState(string path)
    {
        var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
        return TrainingState.FromJson(JsonNode.Parse(File.ReadAllText(Path.Combine(path, "state.json")), documentOptions: options));
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
            if (probe.state_dict().Count > 0) yield return new($"probe-{name}", probe.state_dict(), probe.LoadState, e.Device);
            foreach (var (i, optimizer) in probe.Optimizers.Index())
                yield return new($"probe-{name}-optimizer-{i}", optimizer.state_dict(), optimizer.load_state_dict, torch.CPU);
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

    private static Dictionary<string, Tensor> Read(string path, Part part)
    {
        var saved = TensorFile.Read(Path.Combine(path, part.Name + ".safetensors"), part.Device);
        if (!saved.Keys.ToHashSet().SetEquals(part.State.Keys) || part.State.Any(t => !IsAlike(saved[t.Key], t.Value)))
            throw new InputException($"its {part.Name} has other tensors than this run's");
        if (part.Name is "model" or "estimator" && NonFiniteDiagnosis.First(saved) is { } name)
            throw new InputException($"'{name}' of its {part.Name} has a NaN or an infinity");
        return saved;
    }

    private static bool IsAlike(Tensor a, Tensor b) => a.dtype == b.dtype && a.shape.SequenceEqual(b.shape);

    private static bool IsDamage(Exception error) =>
        error is InputException or IOException or UnauthorizedAccessException or JsonException;

    /// <summary>One file of a checkpoint: tensors as they are now, and what continues from others.</summary>
    private sealed record Part(string Name, IReadOnlyDictionary<string, Tensor> State, Action<IReadOnlyDictionary<string, Tensor>> Load, Device Device);
}
