using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Files;
using Heaviside.Torch;

namespace Heaviside.Training;

/// <summary>A folder from which a run continues bit for bit: weights, optimizer, random stream and position.</summary>
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
            TensorFile.Write(Path.Combine(folder, "model.safetensors"), experiment.Model.state_dict());
            TensorFile.Write(Path.Combine(folder, "estimator.safetensors"), experiment.Estimator.state_dict());
            TensorFile.Write(Path.Combine(folder, "optimizer.safetensors"), experiment.Optimizer.state_dict());
            using var stream = rng.get_state();
            TensorFile.Write(Path.Combine(folder, "generator.safetensors"), new Dictionary<string, Tensor> { ["state"] = stream });
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
            catch (Exception error) when (IsDamage(error) || error is TorchException)
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

    // All or nothing: everything is read and compared before anything changes, the part that may refuse first.
    private static TrainingState Load(string path, Experiment experiment, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        var state = ReadState(path);
        var model = Read(path, "model", experiment.Model.state_dict(), experiment.Device);
        var estimator = Read(path, "estimator", experiment.Estimator.state_dict(), experiment.Device);
        var optimizer = Read(path, "optimizer", experiment.Optimizer.state_dict(), torch.CPU);
        var stream = Read(path, "generator", new Dictionary<string, Tensor> { ["state"] = rng.get_state() }, torch.CPU)["state"];
        rng.set_state(stream);
        experiment.Model.load_state_dict(model);
        experiment.Estimator.load_state_dict(estimator);
        experiment.Optimizer.load_state_dict(optimizer);
        return state;
    }

    private static TrainingState ReadState(string path)
    {
        var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
        return TrainingState.FromJson(JsonNode.Parse(File.ReadAllText(Path.Combine(path, "state.json")), documentOptions: options));
    }

    private static Dictionary<string, Tensor> Read(string path, string name, IReadOnlyDictionary<string, Tensor> current, Device device)
    {
        var saved = TensorFile.Read(Path.Combine(path, name + ".safetensors"), device);
        if (!saved.Keys.ToHashSet().SetEquals(current.Keys) || current.Any(t => !IsAlike(saved[t.Key], t.Value)))
            throw new InputException($"its {name} has other tensors than this run's");
        return saved;
    }

    private static bool IsAlike(Tensor a, Tensor b) => a.dtype == b.dtype && a.shape.SequenceEqual(b.shape);

    private static bool IsDamage(Exception error) =>
        error is InputException or IOException or UnauthorizedAccessException or JsonException;
}
