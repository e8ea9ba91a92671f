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

    /// <summary>Writes a checkpoint and removes all but the last two.</summary>
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
    }

    /// <summary>Continues from the last checkpoint that can be read; false if there is none.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="experiment">Gets the weights and the optimizer's state.</param>
    /// <param name="rng">Gets the random stream.</param>
    /// <param name="state">Gets the position.</param>
    /// <param name="note">Is told of a checkpoint that is damaged and passed over.</param>
    public static bool TryLoad(RunFolder run, Experiment experiment, Generator rng, out TrainingState state, Action<string> note)
    {
        foreach (var path in All(run).Reverse())
        {
            try
            {
                using var scope = torch.NewDisposeScope();
                var json = JsonNode.Parse(File.ReadAllText(Path.Combine(path, "state.json")))!.AsObject();
                var model = TensorFile.Read(Path.Combine(path, "model.safetensors"), experiment.Device);
                var estimator = TensorFile.Read(Path.Combine(path, "estimator.safetensors"), experiment.Device);
                var optimizer = TensorFile.Read(Path.Combine(path, "optimizer.safetensors"), torch.CPU);
                var stream = TensorFile.Read(Path.Combine(path, "generator.safetensors"), torch.CPU)["state"];
                state = TrainingState.FromJson(json);
                // All or nothing: what is passed over must leave no trace in a run that starts anew.
                RequireFit("model", experiment.Model.state_dict(), model);
                RequireFit("estimator", experiment.Estimator.state_dict(), estimator);
                RequireFit("optimizer", experiment.Optimizer.state_dict(), optimizer);
                rng.set_state(stream);
                experiment.Model.load_state_dict(model);
                experiment.Estimator.load_state_dict(estimator);
                experiment.Optimizer.load_state_dict(optimizer);
                return true;
            }
            catch (Exception error) when (error is InputException or IOException or JsonException or FormatException or ArgumentException or InvalidOperationException or NullReferenceException or KeyNotFoundException)
            {
                note($"{path}: passed over, it cannot be read: {error.Message.Split('\n')[0]}");
            }
        }

        state = new();
        return false;
    }

    /// <summary>The complete checkpoints, the oldest first.</summary>
    public static IEnumerable<string> All(RunFolder run) =>
        Directory.Exists(run.Checkpoints) ? Directory.GetDirectories(run.Checkpoints, "step-*").Order(StringComparer.Ordinal) : [];

    private static void RequireFit(string what, IReadOnlyDictionary<string, Tensor> current, Dictionary<string, Tensor> saved)
    {
        if (!saved.Keys.ToHashSet().SetEquals(current.Keys) || current.Any(t => !saved[t.Key].shape.SequenceEqual(t.Value.shape)))
            throw new InputException($"its {what} has other tensors than this run's");
    }
}
